using System.Runtime.CompilerServices;

namespace RepoPulse.Sql.Sqlite;

internal sealed class SqliteEventLogReader(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types)
    : SqlEventLogReader(database, payloads, types)
{
    private readonly SqlDatabase _database = database;

    protected override async IAsyncEnumerable<EventBatch> ReadWindowAsync(
        long time, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the first read: what is appended meanwhile follows this position, even if the reads below have it too.
        var resume = LogPosition.Of(await ReadSequenceAsync(cancellationToken));
        var names = new Dictionary<long, RepositoryName>();
        var id = long.MaxValue;
        while (true)
        {
            var events = await _database.ReadAsync(session => ReadPage(session, time, id, maxEvents, names), cancellationToken);
            var isLast = events.Count < maxEvents;
            yield return new EventBatch(events, isLast ? resume : LogPosition.Start);
            if (isLast)
                yield break;
            (time, id) = (Micros.Floor(events[^1].Key.CreatedAt), events[^1].Key.Id.Value);
        }
    }

    private List<GitHubEvent> ReadPage(SqlSession session, long time, long id, int maxEvents, Dictionary<long, RepositoryName> names)
    {
        using var select = session.Prepare(
            """
            SELECT created_at, event_id, repository_id, type_id FROM event INDEXED BY event_by_key
            WHERE (created_at, event_id) > (?1, ?2) ORDER BY created_at, event_id LIMIT ?3
            """);
        select.Bind(1, time).Bind(2, id).Bind(3, maxEvents);
        var rows = new EventRows(session, Types, null, names);
        var events = new List<GitHubEvent>();
        while (select.Step())
            events.Add(rows.Read(select));
        return events;
    }
}
