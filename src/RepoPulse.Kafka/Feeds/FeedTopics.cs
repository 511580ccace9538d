using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>What a collector follows of the other collectors, and what it publishes to them.</summary>
internal sealed class FeedTopics : IAsyncDisposable
{
    private readonly KafkaCluster _cluster;
    private readonly RecordWriter _writer;
    private readonly StartedFollower _follower;

    public FeedTopics(KafkaCluster cluster, KafkaMetrics metrics, RecordWriter writer)
    {
        _cluster = cluster;
        _writer = writer;
        Watch = new WatchState(cluster.Names);
        _follower = new StartedFollower(() => new TopicFollower(
            cluster,
            metrics,
            TopicFollower.FromBeginning((cluster.Names.Feeds, cluster.Options.Partitions), (cluster.Names.Collectors, 1)),
            Apply,
            () => { }));
    }

    public WatchState Watch { get; }

    public KafkaTokenRegistry Tokens { get; } = new();

    /// <summary>Makes sure that everything is known that stood in the topics when this was first called.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<TopicFollower> StartAsync(CancellationToken cancellationToken)
    {
        await _cluster.OpenAsync(cancellationToken);
        return await _follower.GetAsync(cancellationToken);
    }

    /// <summary>Writes records, in no transaction: of each key this process is the only writer.</summary>
    /// <exception cref="StorageException">They could not be written.</exception>
    public ValueTask WriteAsync(
        IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> records, CancellationToken cancellationToken) =>
        _writer.WriteAsync(records.Count, i => records[i], "writing to the topics of feeds", cancellationToken);

    /// <summary>Publishes this collector's tokens to the others; deletes its record where it has none.</summary>
    public ValueTask PublishCollectorAsync(string instance, CollectorRecord? record, CancellationToken cancellationToken) => WriteAsync(
        [(new TopicPartition(_cluster.Names.Collectors, 0), new()
        {
            Key = FeedKeys.OfCollector(instance),
            Value = record is null ? null! : JsonSerializer.SerializeToUtf8Bytes(record, KafkaJsonContext.Default.CollectorRecord),
        })],
        cancellationToken);

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        Watch.Apply(record);
        if (record.Topic == _cluster.Names.Collectors)
            Tokens.Apply(record);
    }
}
