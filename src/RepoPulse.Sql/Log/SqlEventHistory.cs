using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Log;

internal sealed class SqlEventHistory(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : IEventHistory
{
    public ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return database.ReadAsync<IReadOnlyList<GitHubEvent>>(session => Read(session, query), cancellationToken);
    }

    private static (long Time, long Id) UpperBound(HistoryQuery query)
    {
        // No key of a time is below that time with the smallest id: an exclusive bound on the time alone.
        var until = query.Until is { } time ? (Micros.Ceiling(time), long.MinValue) : (long.MaxValue, long.MaxValue);
        var before = query.Before is { } key ? (Micros.Floor(key.CreatedAt), key.Id.Value) : (long.MaxValue, long.MaxValue);
        return until.CompareTo(before) < 0 ? until : before;
    }

    private List<GitHubEvent> Read(SqlSession session, HistoryQuery query)
    {
        IReadOnlyList<long> typeIds = [];
        if (query.Types.Count > 0)
        {
            typeIds = types.Find(session, query.Types);
            if (typeIds.Count == 0)
                return [];
        }

        var dialect = session.Dialect;
        var (time, id) = UpperBound(query);
        // The time bounds on their own as well, because the index knows only the time.
        using var select = session.Prepare(
            $"""
            SELECT created_at, event_id, repository_id, type_id, dictionary, json
            FROM {dialect.EventsOfRepository}
            WHERE repository_id = ?1 AND created_at >= ?2 AND created_at <= ?3 AND (created_at, event_id) < (?3, ?4)
                AND {dialect.IsHeld} {(typeIds.Count == 0 ? "" : $"AND {dialect.In("type_id", 6)}")}
            ORDER BY created_at DESC, event_id DESC LIMIT ?5
            """);
        select.Bind(1, query.RepositoryId.Value).Bind(2, query.Since is { } since ? Micros.Ceiling(since) : long.MinValue);
        select.Bind(3, time).Bind(4, id).Bind(5, query.Limit);
        if (typeIds.Count > 0)
            select.BindIds(dialect, 6, typeIds);
        var rows = new EventRows(session, types, payloads, []);
        var events = new List<GitHubEvent>();
        while (select.Step())
            events.Add(rows.Read(select));
        return events;
    }
}
