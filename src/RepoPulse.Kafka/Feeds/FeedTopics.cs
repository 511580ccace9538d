using System.Text.Json;
using Confluent.Kafka;
using RepoPulse.Kafka.Clients;
using RepoPulse.Kafka.Log;
using RepoPulse.Kafka.Topics;

namespace RepoPulse.Kafka.Feeds;

/// <summary>What a collector follows of the other collectors, and what it tells them.</summary>
internal sealed class FeedTopics(KafkaCluster cluster, KafkaMetrics metrics) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private TopicFollower? _follower;
    private IProducer<byte[], byte[]>? _producer;

    public WatchState Watch { get; } = new(cluster.Names);

    public TokenBoard Tokens { get; } = new();

    /// <summary>Why nothing comes from the brokers any more; null while it does.</summary>
    public string? Failure => _follower?.Failure;

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
            _producer = new ProducerBuilder<byte[], byte[]>(cluster.Settings.Producer())
                .SetLogHandler(KafkaCluster.Ignore)
                .SetErrorHandler((_, _) => metrics.ClientError())
                .Build();
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
    public async ValueTask WriteAsync(IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var delivery = new Delivery(records.Count);
        try
        {
            foreach (var (partition, message) in records)
                _producer!.Produce(partition, message, delivery.Handler);
        }
        catch (KafkaException e)
        {
            throw cluster.Fault("writing to the topics of feeds", e);
        }

        if (await delivery.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } error)
            throw KafkaFaults.Wrap(cluster.Options, "writing to the topics of feeds", error);
    }

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
        if (_producer is { } producer)
            await Task.Run(producer.Dispose).ConfigureAwait(false);
        _starting.Dispose();
    }

    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        Watch.Apply(record);
        if (record.Topic == cluster.Names.Collectors)
            Tokens.Apply(record);
    }
}
