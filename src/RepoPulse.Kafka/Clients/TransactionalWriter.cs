using System.Threading.Channels;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// Writes records together or not at all, under a transactional id that only one process has: the process that opens it last shuts out
/// those before, so that a process that was taken for dead cannot write over what its successor wrote (KIP-98). What waits together is
/// committed together.
/// </summary>
internal sealed class TransactionalWriter : IAsyncDisposable
{
    private const int MaxRecords = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly KafkaCluster _cluster;
    private readonly KafkaMetrics _metrics;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly Channel<Unit> _units = Channel.CreateUnbounded<Unit>(new UnboundedChannelOptions { SingleReader = true });
    private Task _writing = Task.CompletedTask;
    private volatile bool _isFenced;

    private TransactionalWriter(KafkaCluster cluster, KafkaMetrics metrics, IProducer<byte[], byte[]> producer)
    {
        _cluster = cluster;
        _metrics = metrics;
        _producer = producer;
    }

    /// <summary>Whether another process has taken the id over: nothing is written any more.</summary>
    public bool IsFenced => _isFenced;

    /// <summary>Takes the id over: what a predecessor had under way is aborted, and it can begin nothing more.</summary>
    /// <param name="id">Without the prefix.</param>
    /// <exception cref="StorageException">The brokers do not respond, or refuse.</exception>
    public static async Task<TransactionalWriter> OpenAsync(
        KafkaCluster cluster, KafkaMetrics metrics, string id, CancellationToken cancellationToken)
    {
        var producer = Producers.Build(cluster, metrics, id);
        try
        {
            await Task.Run(() => producer.InitTransactions(Patience), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            producer.Dispose();
            throw;
        }
        catch (KafkaException e)
        {
            producer.Dispose();
            throw cluster.ToStorageException($"opening transactions as {id}", e);
        }

        var writer = new TransactionalWriter(cluster, metrics, producer);
        writer._writing = Task.Run(writer.WriteAllAsync, CancellationToken.None);
        return writer;
    }

    /// <summary>
    /// Writes some records; durable on return. False, and nothing is written, where another process has taken the id over.
    /// </summary>
    /// <exception cref="StorageException">They could not be written, or it is not known whether they were.</exception>
    public async ValueTask<bool> WriteAsync(
        IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> records, CancellationToken cancellationToken)
    {
        for (var start = 0; start < records.Count; start += MaxRecords)
        {
            var unit = new Unit(records.Count <= MaxRecords ? records : [.. records.Skip(start).Take(MaxRecords)]);
            if (_isFenced || !_units.Writer.TryWrite(unit))
                return false;
            if (!await unit.Done.Task.WaitAsync(cancellationToken))
                return false;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _units.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(_producer.Dispose);
    }

    private async Task WriteAllAsync()
    {
        var together = new List<Unit>();
        while (await _units.Reader.WaitToReadAsync())
        {
            together.Clear();
            for (var records = 0; records < MaxRecords && _units.Reader.TryRead(out var unit); records += unit.Records.Count)
                together.Add(unit);
            Commit(together);
        }
    }

    private void Commit(List<Unit> together)
    {
        if (_isFenced)
        {
            together.ForEach(unit => unit.Done.TrySetResult(false));
            return;
        }

        try
        {
            _producer.BeginTransaction();
            foreach (var unit in together)
            {
                foreach (var (partition, message) in unit.Records)
                    _producer.Produce(partition, message);
            }

            CommitPatiently();
            together.ForEach(unit => unit.Done.TrySetResult(true));
        }
        catch (KafkaException e) when (KafkaErrors.IsFenced(e.Error) || e.Error.IsFatal)
        {
            _isFenced = true;
            _metrics.Fenced();
            together.ForEach(unit => unit.Done.TrySetResult(false));
        }
        catch (KafkaException e)
        {
            var fault = _cluster.ToStorageException("a transaction", e);
            Abort();
            together.ForEach(unit => unit.Done.TrySetException(fault));
        }
    }

    /// <summary>A commit that did not complete in time is resumed by asking again, until its outcome is known or refused.</summary>
    private void CommitPatiently()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _producer.CommitTransaction(Patience);
                return;
            }
            catch (KafkaRetriableException) when (attempt < 3)
            {
            }
        }
    }

    private void Abort()
    {
        try
        {
            _producer.AbortTransaction(Patience);
        }
        catch (KafkaException)
        {
            // It cannot even be aborted: the next owner of the id does it, and that is this process again once it has opened it again.
            _isFenced = true;
            _metrics.Fenced();
        }
    }

    private sealed class Unit(IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> records)
    {
        public IReadOnlyList<(TopicPartition Partition, Message<byte[], byte[]> Message)> Records => records;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
