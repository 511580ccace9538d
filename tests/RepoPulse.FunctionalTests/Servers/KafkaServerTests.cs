using Confluent.Kafka;
using Confluent.Kafka.Admin;
using RepoPulse.FunctionalTests.Kafka;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.FunctionalTests.Servers;

public sealed class KafkaServerTests(ThreeNodes shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_outlives_every_way_of_ending_a_node_and_nothing_is_left_of_a_server_that_is_disposed_of()
    {
        await using var server = await SharedKafka.StartAnotherAsync(new(), Cancellation);
        await using var topics = server.CreateTopics();
        await CreateAsync(topics, "kept");

        await ProduceAsync(topics, "kept", "first");
        await server.KillAsync(node: 1, Cancellation);
        await server.StartAsync(Cancellation);
        await ProduceAsync(topics, "kept", "second");
        await server.StopAsync(node: 1, Cancellation);
        await server.StartAsync(Cancellation);

        Assert.Equal(["first", "second"], Consume(topics, "kept", 2));
        var folder = await ReadSettingAsync(topics, "log.dirs");
        Assert.True(Directory.Exists(folder));
        await server.DisposeAsync();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Topics_are_those_of_their_test_and_gone_when_it_is_over()
    {
        var mine = await shared.CreateTopicsAsync(Cancellation);
        await using var others = await shared.CreateTopicsAsync(Cancellation);
        await CreateAsync(mine, "a");
        await CreateAsync(others, "a");

        await mine.DisposeAsync();

        using var admin = Administer(others);
        Assert.Equal([others.Prefix + "a"], admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics
            .Select(topic => topic.Topic)
            .Where(topic => topic.EndsWith(".a", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Kafkas_own_programs_show_what_a_topic_holds()
    {
        await using var topics = await shared.CreateTopicsAsync(Cancellation);
        await CreateAsync(topics, "counted");
        await ProduceAsync(topics, "counted", "one");

        var offsets = await KafkaTool.RunAsync(
            "org.apache.kafka.tools.GetOffsetShell",
            ["--bootstrap-server", topics.BootstrapServers, "--topic", topics.Prefix + "counted"],
            Cancellation);

        Assert.Equal($"{topics.Prefix}counted:0:1", offsets.Trim());
    }

    private static IAdminClient Administer(KafkaTopics topics) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = topics.BootstrapServers }).Build();

    private static async Task CreateAsync(KafkaTopics topics, string name)
    {
        using var admin = Administer(topics);
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topics.Prefix + name, NumPartitions = 1 }]);
    }

    private static async Task<string> ReadSettingAsync(KafkaTopics topics, string name)
    {
        using var admin = Administer(topics);
        var found = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Broker, Name = "1" }]);
        return found[0].Entries[name].Value;
    }

    private static async Task ProduceAsync(KafkaTopics topics, string topic, string value)
    {
        using var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = topics.BootstrapServers, Acks = Acks.All }).Build();
        await producer.ProduceAsync(topics.Prefix + topic, new() { Value = value }, Cancellation);
    }

    private static string[] Consume(KafkaTopics topics, string topic, int count)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(
            new ConsumerConfig { BootstrapServers = topics.BootstrapServers, GroupId = topics.Prefix }).Build();
        consumer.Assign(new TopicPartitionOffset(topics.Prefix + topic, 0, Offset.Beginning));
        return [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(Cancellation).Message.Value)];
    }
}
