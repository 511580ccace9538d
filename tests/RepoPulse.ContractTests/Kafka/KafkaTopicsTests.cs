using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class KafkaTopicsTests : KafkaTest
{
    [Fact]
    public async Task Topics_that_are_missing_are_made_as_they_must_be()
    {
        await OpenAsync(Open());
        var settings = await SettingsAsync("events", "cursors", "coverage", "feeds", "statistics", "collectors");
        Assert.Equal(
            ("delete", "604800000", "LogAppendTime"),
            (settings["events"]["cleanup.policy"], settings["events"]["retention.ms"], settings["events"]["message.timestamp.type"]));
        Assert.All(["cursors", "coverage", "feeds", "statistics"], topic => Assert.Equal("compact", settings[topic]["cleanup.policy"]));
        Assert.Equal("compact,delete", string.Join(',', settings["collectors"]["cleanup.policy"].Split(',').Order()));
    }

    [Fact]
    public async Task Another_number_of_partitions_is_a_fault_that_says_what_to_set()
    {
        await OpenAsync(Open());
        var fault = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(Open(partitions: KafkaStorage.Partitions + 1)));
        Assert.False(fault.IsTransient);
        Assert.Contains("Kafka:Partitions", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Topics.Prefix + "events has 2 partitions, and 3 are needed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_forgets_what_must_be_kept_is_a_fault()
    {
        using (var admin = Admin())
            await admin.CreateTopicsAsync(
            [
                new TopicSpecification { Name = Topics.Prefix + "cursors", NumPartitions = KafkaStorage.Partitions, ReplicationFactor = 1 }
            ]);
        var fault = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(Open()));
        Assert.False(fault.IsTransient);
        Assert.Contains("cleanup.policy=delete, and compact is needed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brokers_that_do_not_answer_are_named_and_may_come_back()
    {
        var options = new KafkaOptions { BootstrapServers = ["127.0.0.1:1"], TopicPrefix = Topics.Prefix };
        await using var process = KafkaStorage.Services(options, Time).BuildServiceProvider();
        var fault = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(process));
        Assert.True(fault.IsTransient);
        Assert.Contains("127.0.0.1:1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_records_time_is_that_of_its_append_so_that_what_came_late_is_found_by_time_and_kept()
    {
        // Six days old when it is appended: by its own time the broker would soon delete it, and a search from an hour ago would pass it
        // over.
        var e = Sample.Event(1, DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(-6).ToUnixTimeSeconds()));
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Store.AppendAsync(e);

        using var consumer = Consume("events");
        var record = await Task.Run(() => consumer.Consume(Cancellation), Cancellation);
        Assert.Equal(TimestampType.LogAppendTime, record.Message.Timestamp.Type);
        Assert.True(record.Message.Timestamp.UtcDateTime >= before.UtcDateTime);
        Assert.Equal(e.Key.CreatedAt, Assert.Single((await Store.ReadSinceAsync(e.Key.CreatedAt)).Events).Key.CreatedAt);
    }

    [Fact]
    public async Task A_record_is_GitHubs_JSON_under_the_repositorys_id_and_its_headers_say_what_it_is()
    {
        var e = Sample.Event(1, type: "WatchEvent");
        await Store.Writer.AppendAsync([e], EventSource.Import, Cancellation);

        using var consumer = Consume("events");
        var message = (await Task.Run(() => consumer.Consume(Cancellation), Cancellation)).Message;
        Assert.Equal(e.Json.ToArray(), message.Value);
        Assert.Equal("1"u8.ToArray(), message.Key);
        Assert.Equal(
            ["type=WatchEvent", "source=import", "id=1", "created_at=1795435201000000", "repository=acme/widget-1"],
            message.Headers.Select(header => $"{header.Key}={System.Text.Encoding.ASCII.GetString(header.GetValueBytes())}"));
    }

    private static async Task OpenAsync(ServiceProvider process) =>
        await process.GetRequiredService<KafkaCluster>().OpenAsync(Cancellation);

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Topics.BootstrapServers }).Build();

    private async Task<Dictionary<string, Dictionary<string, string>>> SettingsAsync(params string[] topics)
    {
        using var admin = Admin();
        var described = await admin.DescribeConfigsAsync(
            topics.Select(topic => new ConfigResource { Name = Topics.Prefix + topic, Type = ResourceType.Topic }));
        return topics
            .Zip(described)
            .ToDictionary(pair => pair.First, pair => pair.Second.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Value));
    }
}
