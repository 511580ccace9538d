using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

public sealed class TopicFollowerTests : KafkaTest
{
    [Theory]
    [InlineData(0, "a", "b", "c")]
    [InlineData(2, "c")]
    [InlineData(3)]
    public async Task What_is_left_of_a_topic_is_read_wherever_it_begins_by_now(long begin, params string[] left)
    {
        var process = Open();
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(Cancellation);
        var partition = new TopicPartition(cluster.Names.Collectors, 0);
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Topics.BootstrapServers }).Build();
        foreach (var key in (string[])["a", "b", "c"])
            await producer.ProduceAsync(partition, new() { Key = key, Value = "{}" }, Cancellation);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Topics.BootstrapServers }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(partition, begin)]);

        var read = new List<string>();
        await TopicFollower.ReadAsync(
            cluster,
            process.GetRequiredService<KafkaMetrics>(),
            [partition],
            record => read.Add(Encoding.UTF8.GetString(record.Message.Key!)),
            Cancellation);

        Assert.Equal(left, read);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_skipped_and_counted_and_the_rest_is_read()
    {
        var process = Open();
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(Cancellation);
        var partition = new TopicPartition(cluster.Names.Collectors, 0);
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Topics.BootstrapServers }).Build();
        foreach (var key in (string[])["a", "poison", "c"])
            await producer.ProduceAsync(partition, new() { Key = key, Value = "garbage" }, Cancellation);
        var skipped = new List<string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name
            == "repopulse.kafka.records.skipped") l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) => { foreach (var tag in tags) { if (Equals(tag.Value, cluster.Names.Collectors)) skipped.Add(tag.Key); } });
        listener.Start();

        var read = new List<string>();
        await TopicFollower.ReadAsync(
            cluster,
            process.GetRequiredService<KafkaMetrics>(),
            [partition],
            record =>
            {
                var key = Encoding.UTF8.GetString(record.Message.Key!);
                read.Add(key == "poison" ? throw new FormatException("It cannot be read.") : key);
            },
            Cancellation);

        Assert.Equal(["a", "c"], read);
        Assert.Equal(["topic"], skipped);
    }
}
