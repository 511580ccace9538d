using Microsoft.Extensions.Logging;

namespace RepoPulse.Kafka;

/// <summary>Copies one partition of the events into a database, from where the database says that the copy stands.</summary>
internal sealed partial class PartitionArchiver(
    KafkaCluster cluster, KafkaMetrics metrics, IEventArchive archive, int number, ILogger logger) : IAsyncDisposable
{
    private const int BatchSize = 2_000;

    private readonly LogReader _reader = new(cluster, metrics, [number], includeJson: true);
    private readonly List<LogRecord> _records = [];

    // What the database says, and where the partition is read on: the same, but where the topic is another than the database has copied.
    private long? _next;
    private long _from;
    private bool _known;

    /// <summary>Whether it has been at the end of the partition.</summary>
    public bool IsInStep { get; private set; }

    public long Copied { get; private set; }

    /// <summary>Copies a batch. False where there is none, and <see cref="WaitAsync"/> says when there is.</summary>
    /// <exception cref="StorageException">The brokers or the database do not respond.</exception>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (!_known)
            await FindAsync(cancellationToken);
        _records.Clear();
        var at = (await _reader.ReadAsync([_from], BatchSize, _records, cancellationToken))[0];
        if (_records.Count == 0)
        {
            IsInStep = true;
            metrics.Progressed("archivers", number, at, 0);
            _from = at;
            return false;
        }

        if (await archive.AppendAsync(number, _next, at, Runs(), cancellationToken) is null)
        {
            // Another archiver was at work: the database says how far.
            _known = false;
            return true;
        }

        _next = _from = at;
        Copied += _records.Count;
        if (_records.Count < BatchSize)
            IsInStep = true;
        metrics.Progressed("archivers", number, at, Math.Max(0, (await _reader.EndsAsync(cancellationToken))[0] - at));
        return true;
    }

    /// <summary>Returns once there is something to copy.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => _reader.WaitAsync([_from], cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private async ValueTask FindAsync(CancellationToken cancellationToken)
    {
        _next = await archive.ReadNextAsync(number, cancellationToken);
        _from = _next ?? 0;
        var start = (await _reader.StartsAsync(cancellationToken))[0];
        var end = (await _reader.EndsAsync(cancellationToken))[0];
        if (_next is { } next && next < start)
            metrics.Missed(start - next);
        if (_from > end)
        {
            LogTopicRecreated(cluster.Names.Events, number, _from, end);
            _from = start;
        }

        _known = true;
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "The database has copied partition {Partition} of {Topic} up to offset {Copied}, and it ends at {End}: the topic was " +
            "created again or truncated. It is copied from its beginning; events that the database has are not doubled")]
    private partial void LogTopicRecreated(string topic, int partition, long copied, long end);

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
