using System.Runtime.CompilerServices;

namespace RepoPulse.Kafka;

/// <summary>
/// Some partitions of the log, for one reader that follows them: a position has an offset for each. What a webhook and a poll both reported
/// is paired on the way, at no cost until a webhook's event is met; then what was read before is read once more, with its JSON.
/// </summary>
/// <param name="memory">How far back occurrences are remembered.</param>
/// <param name="observe">Called with every event that is read, those included that are older than what was asked for.</param>
internal sealed class PartitionedLog(
    KafkaCluster cluster,
    KafkaMetrics metrics,
    IReadOnlyList<int> partitions,
    TimeSpan memory,
    TimeProvider time,
    Action<GitHubEvent>? observe = null)
    : IEventLogReader, IAsyncDisposable
{
    /// <summary>
    /// How much earlier than the time that is asked for the log is read: an event is appended after it happened, but for what the clocks of
    /// GitHub and of the broker differ.
    /// </summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromHours(1);

    private readonly List<LogRecord> _records = [];
    private LogReader? _plain;
    private LogReader? _withJson;
    private WebhookPairing? _pairing;
    private long[]? _pairedFrom;

    public async IAsyncEnumerable<EventBatch> ReadSinceAsync(
        DateTimeOffset since, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        var reader = Reader(includeJson: false);
        var at = since - DateTimeOffset.UnixEpoch > ClockMargin
            ? await reader.FindAsync(since - ClockMargin, cancellationToken)
            : new long[partitions.Count];
        var ends = await reader.EndsAsync(cancellationToken);
        _pairedFrom ??= at;
        while (!LogReader.HasReached(at, ends))
        {
            var (events, supersessions, next, _) = await NextAsync(at, maxEvents, long.MaxValue, includeJson: false, cancellationToken);
            at = next;
            events.RemoveAll(e => e.Key.CreatedAt < since);
            yield return new EventBatch(events, LogPosition.Of(at)) { Supersessions = supersessions };
        }

        yield return new EventBatch([], LogPosition.Of(at));
    }

    public async ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        var ends = await Reader(includeJson: false).EndsAsync(cancellationToken);
        _pairedFrom ??= ends;
        return LogPosition.Of(ends);
    }

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken) =>
        ReadAsync(after, maxEvents, long.MaxValue, includeJson: false, cancellationToken);

    public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(after, maxEvents, maxBytes, includeJson: true, cancellationToken);

    private async ValueTask<EventBatch> ReadAsync(
        LogPosition after, int maxEvents, long maxBytes, bool includeJson, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        var (events, supersessions, next, positions) = await NextAsync(Offsets(after), maxEvents, maxBytes, includeJson, cancellationToken);
        return new EventBatch(events, events.Count == 0 && next.AsSpan().SequenceEqual(after.Offsets) ? after : LogPosition.Of(next))
        {
            Supersessions = supersessions,
            Positions = positions,
        };
    }

    public async ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        var offsets = Offsets(after);
        var reader = _withJson?.IsAt(offsets) == true ? _withJson : Reader(includeJson: false);
        await reader.WaitAsync(offsets, cancellationToken);
    }

    /// <summary>How many records lie between a position and the end.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<long> LagAsync(LogPosition position, CancellationToken cancellationToken)
    {
        var ends = await Reader(includeJson: false).EndsAsync(cancellationToken);
        return ends.Zip(Offsets(position), (end, at) => Math.Max(0, end - at)).Sum();
    }

    public async ValueTask DisposeAsync()
    {
        if (_plain is not null)
            await _plain.DisposeAsync();
        if (_withJson is not null)
            await _withJson.DisposeAsync();
    }

    /// <exception cref="ArgumentException">The position is one of a log with another number of partitions.</exception>
    private long[] Offsets(LogPosition position)
    {
        if (position == LogPosition.Start)
            return new long[partitions.Count];
        return position.Offsets.Length == partitions.Count
            ? position.Offsets.ToArray()
            : throw new ArgumentException(
                $"The position has {position.Offsets.Length} offsets, and {partitions.Count} partitions are read.", nameof(position));
    }

    private async ValueTask<(List<GitHubEvent> Events,
        IReadOnlyList<Supersession> Supersessions, long[] Next, IReadOnlyList<LogPosition> Positions)> NextAsync(
        long[] from, int max, long maxBytes, bool includeJson, CancellationToken cancellationToken)
    {
        _pairedFrom ??= from;
        var next = await ReadRecordsAsync(from, max, maxBytes, includeJson, cancellationToken);
        if (_pairing is null && _records.Exists(record => record.Source == EventSource.Webhook))
        {
            await StartPairingAsync(from, cancellationToken);
            next = await ReadRecordsAsync(from, max, maxBytes, includeJson, cancellationToken);
        }

        var events = new List<GitHubEvent>(_records.Count);
        List<Supersession>? supersessions = null;
        var positions = new List<LogPosition>(includeJson ? _records.Count : 0);
        long[] at = [.. from];
        foreach (var record in _records)
        {
            at[record.Partition] = record.Offset + 1;
            if (includeJson)
                positions.Add(LogPosition.Of(at));
            _pairing?.Add(record.Event, supersessions ??= []);
            observe?.Invoke(record.Event);
            events.Add(includeJson || record.Event.Json.IsEmpty ? record.Event : record.Event with { Json = default });
        }

        _pairing?.Forget(time.GetUtcNow() - memory);
        return (events, supersessions ?? [], next, positions);
    }

    private ValueTask<long[]> ReadRecordsAsync(long[] from, int max, long maxBytes, bool includeJson, CancellationToken cancellationToken)
    {
        _records.Clear();
        return Reader(includeJson || _pairing is not null).ReadAsync(from, max, maxBytes, _records, cancellationToken);
    }

    /// <summary>Takes note of what was read before the first webhook's event, up to some offsets.</summary>
    private async ValueTask StartPairingAsync(long[] until, CancellationToken cancellationToken)
    {
        var pairing = new WebhookPairing();
        var none = new List<Supersession>();
        var records = new List<LogRecord>();
        var reader = new LogReader(cluster, metrics, partitions, includeJson: true);
        await using (reader)
        {
            for (var at = _pairedFrom!; !LogReader.HasReached(at, until);)
            {
                records.Clear();
                at = await reader.ReadAsync(at, 1_000, records, cancellationToken);
                foreach (var record in records)
                {
                    if (record.Offset < until[record.Partition])
                        pairing.Add(record.Event, none);
                }
            }
        }

        _pairing = pairing;
    }

    private LogReader Reader(bool includeJson) => includeJson
        ? _withJson ??= new LogReader(cluster, metrics, partitions, includeJson: true)
        : _plain ??= new LogReader(cluster, metrics, partitions, includeJson: false);
}
