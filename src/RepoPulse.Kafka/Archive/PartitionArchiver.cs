using RepoPulse.Kafka.Log;

namespace RepoPulse.Kafka.Archive;

/// <summary>Copies one partition of the events into a database, from where the database says that the copy stands.</summary>
internal sealed class PartitionArchiver(KafkaCluster cluster, KafkaMetrics metrics, IEventArchive archive, int number) : IAsyncDisposable
{
    private const int BatchSize = 2_000;

    private readonly LogReader _reader = new(cluster, metrics, [number], includeJson: true);
    private readonly List<LogRecord> _records = [];
    private long? _next;
    private bool _known;

    /// <summary>Whether it has been at the end of the partition.</summary>
    public bool IsInStep { get; private set; }

    public long Copied { get; private set; }

    /// <summary>Copies a batch, or waits until there is one.</summary>
    /// <exception cref="StorageException">The brokers or the database do not answer.</exception>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (!_known)
            await FindAsync(cancellationToken).ConfigureAwait(false);
        long[] from = [_next ?? 0];
        _records.Clear();
        var at = (await _reader.ReadAsync(from, BatchSize, _records, cancellationToken).ConfigureAwait(false))[0];
        if (_records.Count == 0)
        {
            IsInStep = true;
            metrics.Progressed("archivers", number, at, 0);
            await _reader.WaitAsync([at], cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await archive.AppendAsync(number, _next, at, Runs(), cancellationToken).ConfigureAwait(false) is null)
        {
            // Another archiver was at work: the database says how far.
            _known = false;
            return;
        }

        _next = at;
        Copied += _records.Count;
        if (_records.Count < BatchSize)
            IsInStep = true;
        metrics.Progressed("archivers", number, at, Math.Max(0, (await _reader.EndsAsync(cancellationToken).ConfigureAwait(false))[0] - at));
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private async ValueTask FindAsync(CancellationToken cancellationToken)
    {
        _next = await archive.ReadNextAsync(number, cancellationToken).ConfigureAwait(false);
        var start = (await _reader.StartsAsync(cancellationToken).ConfigureAwait(false))[0];
        if (_next is { } next && next < start)
            metrics.Missed(start - next);
        _known = true;
    }

    private List<ArchivedRun> Runs()
    {
        var runs = new List<ArchivedRun>();
        for (var i = 0; i < _records.Count;)
        {
            var source = _records[i].Source;
            var events = new List<GitHubEvent>();
            for (; i < _records.Count && _records[i].Source == source; i++)
                events.Add(_records[i].Event);
            runs.Add(new ArchivedRun(source, events));
        }

        return runs;
    }
}
