using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>Writes records in no transaction: what is written is on every replica that is in step.</summary>
internal sealed class RecordWriter(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time) : IDisposable
{
    /// <summary>So many are on their way at most, whatever a caller gives at once.</summary>
    private const int MaxUnderWay = 20_000;

    private readonly Lock _making = new();
    private IProducer<byte[], byte[]>? _producer;

    /// <summary>Writes records; all of them are durable on return.</summary>
    /// <param name="record">Makes the record of a number below <paramref name="count"/>; only as many are in memory as are under
    /// way.</param>
    /// <param name="what">What is done, for an error.</param>
    /// <exception cref="StorageException">Some could not be written, or it is not known whether they were.</exception>
    public async ValueTask WriteAsync(
        int count,
        Func<int, (TopicPartition Partition, Message<byte[], byte[]> Message)> record,
        string what,
        CancellationToken cancellationToken)
    {
        if (count == 0)
            return;
        await cluster.OpenAsync(cancellationToken);
        var producer = Producer();
        for (var start = 0; start < count; start += MaxUnderWay)
            await WriteAsync(producer, start, Math.Min(MaxUnderWay, count - start), record, what, cancellationToken);
    }

    public void Dispose() => _producer?.Dispose();

    private async Task WriteAsync(
        IProducer<byte[], byte[]> producer,
        int start,
        int count,
        Func<int, (TopicPartition Partition, Message<byte[], byte[]> Message)> record,
        string what,
        CancellationToken cancellationToken)
    {
        var delivery = new Delivery(count);
        try
        {
            for (var i = start; i < start + count; i++)
            {
                var (partition, message) = record(i);
                while (!TryProduce(producer, partition, message, delivery))
                    await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
            }
        }
        catch (KafkaException e)
        {
            throw cluster.ToStorageException(what, e);
        }

        // What is under way cannot be called back, and what comes of it must be known.
        if (await delivery.Task.WaitAsync(cancellationToken) is { } error)
            throw KafkaErrors.Wrap(cluster.Options, what, error);
    }

    /// <summary>False while the client's own queue is full, which other callers fill too.</summary>
    private static bool TryProduce(
        IProducer<byte[], byte[]> producer, TopicPartition partition, Message<byte[], byte[]> message, Delivery delivery)
    {
        try
        {
            producer.Produce(partition, message, delivery.Handler);
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
            return _producer ??= Producers.Build(cluster, metrics);
    }
}
