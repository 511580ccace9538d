using System.Runtime.CompilerServices;

namespace RepoPulse.Kafka.Log;

/// <summary>
/// The whole log, for any number of readers at once: a position has an offset for each partition. Whoever goes on where a read ended gets the
/// client that stands there; a few idle ones are kept.
/// </summary>
internal sealed class KafkaEventLog(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time) : IEventLogReader, IAsyncDisposable
{
    private const int MaxIdle = 4;

    /// <summary>A webhook is as a rule some minutes ahead of the feed.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly int[] _partitions = [.. Enumerable.Range(0, cluster.Options.Partitions)];
    private readonly Lock _leasing = new();
    private readonly List<(LogPosition Position, PartitionedLog Log)> _idle = [];

    public async IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = Lease(LogPosition.Start);
        var position = LogPosition.Start;
        try
        {
            await foreach (var batch in log.ReadSinceAsync(since, maxEvents, cancellationToken).ConfigureAwait(false))
            {
                position = batch.Position;
                yield return batch;
            }
        }
        finally
        {
            await ReturnAsync(position, log).ConfigureAwait(false);
        }
    }

    public async ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, bool includeJson, CancellationToken cancellationToken)
    {
        var log = Lease(after);
        var position = after;
        try
        {
            var batch = await log.ReadAsync(after, maxEvents, includeJson, cancellationToken).ConfigureAwait(false);
            position = batch.Position;
            return batch;
        }
        finally
        {
            await ReturnAsync(position, log).ConfigureAwait(false);
        }
    }

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var log = Lease(after);
        try
        {
            await log.WaitForEventsAsync(after, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ReturnAsync(after, log).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, log) in _idle)
            await log.DisposeAsync().ConfigureAwait(false);
        _idle.Clear();
    }

    private PartitionedLog Lease(LogPosition position)
    {
        lock (_leasing)
        {
            var index = _idle.FindLastIndex(idle => idle.Position == position);
            if (index >= 0)
            {
                var log = _idle[index].Log;
                _idle.RemoveAt(index);
                return log;
            }
        }

        return new PartitionedLog(cluster, metrics, _partitions, Memory, time);
    }

    private async ValueTask ReturnAsync(LogPosition position, PartitionedLog log)
    {
        PartitionedLog? surplus = null;
        lock (_leasing)
        {
            _idle.Add((position, log));
            if (_idle.Count > MaxIdle)
            {
                surplus = _idle[0].Log;
                _idle.RemoveAt(0);
            }
        }

        if (surplus is not null)
            await surplus.DisposeAsync().ConfigureAwait(false);
    }
}
