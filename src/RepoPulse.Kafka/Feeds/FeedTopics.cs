using System.Text.Json;
using Confluent.Kafka;
using RepoPulse.Kafka.Clients;
using RepoPulse.Kafka.Topics;

namespace RepoPulse.Kafka.Feeds;

/// <summary>What a collector follows of the other collectors, and what it tells them.</summary>
internal sealed class FeedTopics(KafkaCluster cluster, KafkaMetrics metrics, RecordWriter writer) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private TopicFollower? _follower;

    public WatchState Watch { get; } = new(cluster.Names);

    public TokenBoard Tokens { get; } = new();

    /// <summary>Makes sure that everything is known that stood in the topics when this was first called.</summary>
    /// <exception cref="StorageException">The brokers do not answer.</exception>
    public async ValueTask<TopicFollower> StartAsync(CancellationToken cancellationToken)
    {
        if (_follower is { } follower)
            return follower;
        await cluster.OpenAsync(cancellationToken).ConfigureAwait(false);
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_follower is not null)
                return _follower;
            follower = new TopicFollower(
                cluster, metrics, TopicFollower.Whole((cluster.Names.Feeds, cluster.Options.Partitions), (cluster.Names.Collectors, 1)), Apply, () => { });
            follower.Start();
            await follower.CaughtUp.WaitAsync(cancellationToken).ConfigureAwait(false);
            return _follower = follower;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Writes records, in no transaction: of each key this process is the only writer.</summary>
    /// <exception cref="StorageException">They could not be written.</exception>
    public ValueTask WriteAsync(IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> records, CancellationToken cancellationToken) =>
        writer.WriteAsync(records.Count, i => records[i], "writing to the topics of feeds", cancellationToken);

    /// <summary>Tells the others of this collector's tokens; of nothing any more where there is nothing to tell.</summary>
    public ValueTask TellAsync(string instance, CollectorRecord? record, CancellationToken cancellationToken) => WriteAsync(
        [(new TopicPartition(cluster.Names.Collectors, 0), new()
        {
            Key = FeedKeys.OfCollector(instance),
            Value = record is null ? null! : JsonSerializer.SerializeToUtf8Bytes(record, KafkaJsonContext.Default.CollectorRecord),
        })],
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_follower is not null)
            await _follower.DisposeAsync().ConfigureAwait(false);
        _starting.Dispose();
    }

    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        Watch.Apply(record);
        if (record.Topic == cluster.Names.Collectors)
            Tokens.Apply(record);
    }
}
