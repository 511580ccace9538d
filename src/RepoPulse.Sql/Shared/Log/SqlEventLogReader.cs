namespace RepoPulse.Sql;

/// <summary>Follows the log by its numbers, which are in the order of commits.</summary>
internal abstract class SqlEventLogReader(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : IEventLogReader
{
    protected SqlEventTypes Types => types;

    public IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        return ReadWindowAsync(Micros.Ceiling(since) - 1, maxEvents, cancellationToken);
    }

    public async ValueTask<LogPosition> ReadEndAsync(CancellationToken cancellationToken) =>
        LogPosition.Of(await ReadSequenceAsync(cancellationToken));

    public ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        var start = Sequence(after);
        return database.ReadAsync(session => ReadAfter(session, start, maxEvents, int.MaxValue, includeJson: false), cancellationToken);
    }

    public ValueTask<EventBatch> ReadPageAsync(LogPosition after, int maxEvents, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        var start = Sequence(after);
        return database.ReadAsync(session => ReadAfter(session, start, maxEvents, maxBytes, includeJson: true), cancellationToken);
    }

    public ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var start = Sequence(after);
        return database.EventsChanged.WaitAsync(async token => await ReadSequenceAsync(token) > start, cancellationToken);
    }

    /// <summary>What is held after a time, in batches; the last is the one whose position is one to resume from.</summary>
    /// <param name="time">Exclusive.</param>
    protected abstract IAsyncEnumerable<EventBatch> ReadWindowAsync(long time, int maxEvents, CancellationToken cancellationToken);

    protected ValueTask<long> ReadSequenceAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.Last(SqlNumbers.Events), cancellationToken);

    private static long Sequence(LogPosition position) => position.Offsets switch
    {
        [] => 0,
        [var sequence] => sequence,
        _ => throw new ArgumentException($"'{position}' is not a position of a log in SQL, which has one partition.", nameof(position)),
    };

    private EventBatch ReadAfter(SqlSession session, long start, int maxEvents, int maxBytes, bool includeJson)
    {
        // Before the events: where there are none, all up to here were deleted, and waiting is for what comes after.
        var end = session.Last(SqlNumbers.Events);
        using var select = session.Prepare(
            $"""
            SELECT created_at, event_id, repository_id, type_id, {(includeJson ? "dictionary, json" : "NULL, NULL")}, seq
            FROM {(includeJson ? session.Dialect.EventsWithPayload : "event")}
            WHERE seq > ?1 AND {session.Dialect.IsHeld} ORDER BY seq LIMIT ?2
            """);
        select.Bind(1, start).Bind(2, maxEvents);
        var rows = new EventRows(session, types, includeJson ? payloads : null, []);
        var events = new List<GitHubEvent>();
        var positions = includeJson ? new List<LogPosition>() : null;
        var last = Math.Max(start, end);
        for (long bytes = 0; bytes < maxBytes && select.Step(); bytes += events[^1].Json.Length)
        {
            events.Add(rows.Read(select));
            last = select.Int64(6);
            positions?.Add(LogPosition.Of(last));
        }

        // Read after them: an event that is seen here was committed together with what it supersedes.
        return new EventBatch(events, LogPosition.Of(last))
        {
            Supersessions = events.Count == 0 ? [] : ReadSupersessions(session, start, last),
            Positions = positions ?? [],
        };
    }

    /// <summary>Of the events after one number up to another. As a rule there are none, and this is one look into a small index.</summary>
    private List<Supersession> ReadSupersessions(SqlSession session, long start, long last)
    {
        using var select = session.Prepare(
            $"""
            SELECT event.repository_id, type_id, webhook_event.created_at, webhook_event.event_id, event.created_at, event.event_id
            FROM webhook_event INDEXED BY webhook_event_superseded {session.Dialect.JoinInOrder} event USING (seq)
            WHERE superseded = 1 AND seq > ?1 AND seq <= ?2 ORDER BY seq
            """);
        select.Bind(1, start).Bind(2, last);
        var supersessions = new List<Supersession>();
        while (select.Step())
        {
            supersessions.Add(new Supersession(
                new RepositoryId(select.Int64(0)), types.Get(session, select.Int64(1)), ReadKey(select, 2), ReadKey(select, 4)));
        }

        return supersessions;
    }

    private static EventKey ReadKey(SqlStatement row, int column) =>
        new(EventId.FromValue(row.Int64(column + 1)), Micros.ToTime(row.Int64(column)));
}
