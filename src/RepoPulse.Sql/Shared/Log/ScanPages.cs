using System.Runtime.CompilerServices;

namespace RepoPulse.Sql;

/// <summary>
/// A scan of one repository or of all, page by page along an index, so that no statement runs for long beside those that write.
/// </summary>
/// <param name="repository">Null for all.</param>
internal sealed class ScanPages(
    SqlDatabase database, SqlPayloads payloads, SqlEventTypes types, ScanQuery query, RepositoryId? repository, int pageSize)
{
    /// <summary>A page ends early with so much JSON: events differ in size by a factor of a thousand.</summary>
    private const int MaxPageBytes = 8 << 20;

    private readonly Dictionary<long, RepositoryName> _names = [];

    // After the smallest key at or after the time: no id is below this one.
    private (long Time, long Id) _after = (query.Since is { } since ? Micros.Ceiling(since) - 1 : long.MinValue, long.MaxValue);

    public async IAsyncEnumerable<GitHubEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isLast = false; !isLast;)
        {
            (var events, isLast) = await database.ReadAsync(ReadPage, cancellationToken);
            foreach (var e in events)
                yield return e;
            if (events.Count > 0)
                _after = (Micros.Floor(events[^1].Key.CreatedAt), events[^1].Key.Id.Value);
        }
    }

    private (List<GitHubEvent> Events, bool IsLast) ReadPage(SqlSession session)
    {
        var typeIds = types.Find(session, query.Types);
        if (query.Types.Count > 0 && typeIds.Count == 0)
            return ([], true);

        var dialect = session.Dialect;
        // The time's bound on its own as well, because the index by repository knows only the time.
        using var select = session.Prepare(
            $"""
            SELECT created_at, event_id, repository_id, type_id, dictionary, json
            FROM {(repository is null ? dialect.EventsByTime : dialect.EventsOfRepository)}
            WHERE created_at >= ?1 AND (created_at, event_id) > (?1, ?2) AND created_at < ?3
                AND {dialect.IsHeld}
                {(repository is null ? "" : "AND repository_id = ?5")}
                {(typeIds.Count == 0 ? "" : $"AND {dialect.In("type_id", repository is null ? 5 : 6)}")}
            ORDER BY created_at, event_id LIMIT ?4
            """);
        select.Bind(1, _after.Time)
            .Bind(2, _after.Id)
            .Bind(3, query.Until is { } until ? Micros.Ceiling(until) : long.MaxValue)
            .Bind(4, pageSize);
        if (repository is { } id)
            select.Bind(5, id.Value);
        if (typeIds.Count > 0)
            select.BindIds(dialect, repository is null ? 5 : 6, typeIds);
        var rows = new EventRows(session, types, payloads, _names);
        var events = new List<GitHubEvent>();
        for (var bytes = 0; bytes < MaxPageBytes; bytes += events[^1].Json.Length)
        {
            if (!select.Step())
                return (events, events.Count < pageSize);
            events.Add(rows.Read(select));
        }

        return (events, false);
    }
}
