using Confluent.Kafka;
using RepoPulse.Kafka.Clients;

namespace RepoPulse.Kafka.Log;

/// <summary>
/// Puts events into the topic of events: what is appended is on every replica that is in step. The topic cannot be asked what it holds, so that
/// every event counts as appended; readers ignore what they hold.
/// </summary>
internal sealed class KafkaEventLogWriter(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time) : IEventLogWriter, IDisposable
{
    /// <summary>So many are on their way at most, whatever a caller gives at once.</summary>
    private const int MaxUnderWay = 20_000;

    private readonly Lock _making = new();
    private IProducer<byte[], byte[]>? _producer;

    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        EventRecords.ThrowIfStray(events);
        if (events.Count == 0)
            return default;
        await cluster.OpenAsync(cancellationToken).ConfigureAwait(false);
        var producer = Producer();
        for (var start = 0; start < events.Count; start += MaxUnderWay)
            await AppendAsync(producer, events, start, Math.Min(MaxUnderWay, events.Count - start), source, cancellationToken).ConfigureAwait(false);
        metrics.Appended(events.Count);
        return new AppendResult(events.Count, 0);
    }

    public void Dispose() => _producer?.Dispose();

    private async Task AppendAsync(
        IProducer<byte[], byte[]> producer, IReadOnlyList<GitHubEvent> events, int start, int count, EventSource source, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(count);
        try
        {
            for (var i = start; i < start + count; i++)
            {
                var e = events[i];
                var (partition, message) = EventRecords.Of(e, source, cluster.Options.Partitions);
                while (!TryProduce(producer, partition, message, delivery))
                    await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (KafkaException e)
        {
            throw cluster.Fault("appending events", e);
        }

        // What is under way cannot be called back, and what comes of it must be known.
        if (await delivery.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } error)
            throw KafkaFaults.Wrap(cluster.Options, $"appending {count} events", error);
    }

    /// <summary>False while the client's own queue is full, which other appends fill too.</summary>
    private bool TryProduce(IProducer<byte[], byte[]> producer, int partition, Message<byte[], byte[]> message, Delivery delivery)
    {
        try
        {
            producer.Produce(new TopicPartition(cluster.Names.Events, partition), message, delivery.Handler);
            return true;
        }
        catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    private IProducer<byte[], byte[]> Producer()
    {
        lock (_making)
        {
            return _producer ??= new ProducerBuilder<byte[], byte[]>(cluster.Settings.Producer())
                .SetLogHandler(KafkaCluster.Ignore)
                .SetErrorHandler((_, _) => metrics.ClientError())
                .Build();
        }
    }
}
