using System.Runtime.CompilerServices;

namespace RepoPulse.Kafka;

/// <summary>
/// The whole log, for any number of readers at once: a position has an offset for each partition. A caller that continues where a read
/// ended gets the client that stands there; a few idle ones are kept.
/// </summary>
internal sealed class KafkaEventLog(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time) : IEventLogReader, IAsyncDisposable
{
    private const int MaxIdle = 4;

    /// <summary>
    /// So many of the newest events are read once, before the first that are given with their JSON, and remembered: some 8 MB.
    /// </summary>
    private const int MaxRemembered = 65_536;

    /// <summary>A webhook is as a rule some minutes ahead of the feed.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly int[] _partitions = [.. Enumerable.Range(0, cluster.Options.Partitions)];
    private readonly Lock _leasing = new();
    private readonly List<(LogPosition Position, PartitionedLog Log)> _idle = [];
    private readonly SemaphoreSlim _remembering = new(1, 1);
    private readonly FirstOffsets _first = new(MaxRemembered);
    private volatile bool _remembers;

    public async IAsyncEnumerable<EventBatch> ReadSinceAsync(
        DateTimeOffset since, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = Lease(LogPosition.Start);
        var position = LogPosition.Start;
        try
        {
            await foreach (var batch in log.ReadSinceAsync(since, maxEvents, cancellationToken))
            {
                position = batch.Position;
                yield return batch;
            }
        }
        finally
        {
            await ReturnAsync(position, log);
        }
    }

    public async ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(LogPosition.Start, async log => new EventBatch([], await log.ReadEndAsync(cancellationToken)))).Position;

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken) =>
        ReadAsync(after, log => log.ReadAsync(after, maxEvents, cancellationToken));

    public async ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken)
    {
        // Before the read: a repeat is recognised only if its first offset is known already.
        await RememberAsync(cancellationToken);
        var batch = await ReadAsync(after, log => log.ReadPageAsync(after, maxEvents, maxBytes, cancellationToken));
        return FindRepeats(batch) is { } repeats ? batch with { Repeats = repeats } : batch;
    }

    private async ValueTask<EventBatch> ReadAsync(LogPosition after, Func<PartitionedLog, ValueTask<EventBatch>> read)
    {
        var log = Lease(after);
        var position = after;
        try
        {
            var batch = await read(log);
            position = batch.Position;
            return batch;
        }
        finally
        {
            await ReturnAsync(position, log);
        }
    }

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var log = Lease(after);
        try
        {
            await log.WaitForEventsAsync(after, cancellationToken);
        }
        finally
        {
            await ReturnAsync(after, log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, log) in _idle)
            await log.DisposeAsync();
        _idle.Clear();
        _remembering.Dispose();
    }

    private async ValueTask RememberAsync(CancellationToken cancellationToken)
    {
        if (_remembers)
            return;
        await cluster.OpenAsync(cancellationToken);
        await _remembering.WaitAsync(cancellationToken);
        try
        {
            if (_remembers)
                return;
            var reader = new LogReader(cluster, metrics, _partitions, includeJson: false);
            await using (reader)
                await RememberAsync(reader, cancellationToken);
            // Only after all of them were read: until then another caller waits for the semaphore, and no repeat is missed.
            _remembers = true;
        }
        finally
        {
            _remembering.Release();
        }
    }

    private async ValueTask RememberAsync(LogReader reader, CancellationToken cancellationToken)
    {
        var starts = await reader.StartsAsync(cancellationToken);
        var ends = await reader.EndsAsync(cancellationToken);
        long[] at = [.. starts.Zip(ends, (start, end) => Math.Max(start, end - MaxRemembered / _partitions.Length))];
        var records = new List<LogRecord>();
        while (!LogReader.HasReached(at, ends))
        {
            records.Clear();
            at = await reader.ReadAsync(at, 1_000, records, cancellationToken);
            foreach (var record in records)
                _first.IsRepeat(record.Event.Key, record.Offset + 1);
        }
    }

    private HashSet<int>? FindRepeats(EventBatch batch)
    {
        HashSet<int>? repeats = null;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var partition = Murmur2.Partition(EventHeaders.Key(batch.Events[i].RepositoryId), _partitions.Length);
            if (_first.IsRepeat(batch.Events[i].Key, batch.Positions[i][partition]))
                (repeats ??= []).Add(i);
        }

        return repeats;
    }

    private PartitionedLog Lease(LogPosition position)
    {
        lock (_leasing)
        {
            // Taken out of the list while it is used: a reader serves one caller at a time.
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
            await surplus.DisposeAsync();
    }
}
