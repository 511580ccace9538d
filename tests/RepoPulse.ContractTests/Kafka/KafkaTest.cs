using System.Diagnostics.Metrics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Kafka;
using RepoPulse.Statistics;
using RepoPulse.TestServers.Kafka;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>
/// What the tests of what only Kafka needs have in common: topics of their own, a clock that stands still, and processes.
/// </summary>
public abstract class KafkaTest : IAsyncLifetime
{
    private readonly List<ServiceProvider> _processes = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(Sample.Noon);

    protected KafkaTopics Topics { get; private set; } = null!;

    protected Store Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Topics = await KafkaStorage.CreateTopicsAsync();
        Store = new Store(Open());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await Topics.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What another process would have.</summary>
    private protected ServiceProvider Open(int partitions = KafkaStorage.Partitions, TimeSpan? retention = null)
    {
        var options = KafkaStorage.Options(Topics) with { Partitions = partitions };
        if (retention is not null)
            options = options with { RetentionPeriod = retention };
        var process = KafkaStorage.Services(options, Time).BuildServiceProvider(validateScopes: true);
        _processes.Add(process);
        return process;
    }

    private protected async Task<PartitionAggregator> AggregateAsync(
        ServiceProvider process, int partition, AggregatorOptions? options = null)
    {
        var cluster = process.GetRequiredService<KafkaCluster>();
        await cluster.OpenAsync(Cancellation);
        var factory = new AggregatorFactory(
            options ?? new(),
            new AggregatorMetrics(process.GetRequiredService<IMeterFactory>(), new AggregatorStatus()),
            Time,
            SystemDefaults.Random,
            NullLoggerFactory.Instance);
        return await PartitionAggregator.StartAsync(
            cluster, process.GetRequiredService<KafkaMetrics>(), factory, new EvidenceOptions(), partition, Time, Cancellation);
    }

    /// <summary>Every record of the topic of statistics, in the order of its partitions, until one satisfies a condition.</summary>
    private protected async Task<List<StatisticsRecord>> StatisticsUntilAsync(Predicate<StatisticsRecord> last) => await Task.Run(
        () =>
        {
            var records = new List<StatisticsRecord>();
            using var consumer = Consume("statistics");
            while (true)
            {
                var record = consumer.Consume(Cancellation);
                if (record.Message.Value is null || ProgressRecord.Key.SequenceEqual(record.Message.Key))
                    continue;
                records.Add(JsonSerializer.Deserialize(record.Message.Value, KafkaJsonContext.Default.StatisticsRecord)!);
                if (last(records[^1]))
                    return records;
            }
        },
        Cancellation);

    /// <summary>Any client, from the start of a topic on.</summary>
    protected IConsumer<byte[], byte[]> Consume(string topic)
    {
        var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Topics.BootstrapServers, GroupId = Topics.Prefix + "test", IsolationLevel = IsolationLevel.ReadCommitted,
            FetchWaitMaxMs = 100,
        }).Build();
        consumer.Assign(Enumerable
            .Range(0, KafkaStorage.Partitions)
            .Select(partition => new TopicPartitionOffset(Topics.Prefix + topic, partition, Offset.Beginning)));
        return consumer;
    }

    /// <summary>The partition of repository 1, whose events the samples are.</summary>
    private protected static int PartitionOfOne => RepoPulse.Kafka.Murmur2.Partition("1"u8, KafkaStorage.Partitions);
}
