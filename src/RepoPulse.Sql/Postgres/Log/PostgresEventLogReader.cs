using System.Runtime.CompilerServices;

namespace RepoPulse.Sql.Postgres;

/// <summary>Reads a window's events as they come from the server, so that only one batch of them is in memory.</summary>
internal sealed class PostgresEventLogReader(PostgresDatabase database, SqlPayloads payloads, SqlEventTypes types)
    : SqlEventLogReader(database, payloads, types)
{
    /// <summary>A statement keeps the server from cleaning up what is deleted meanwhile: after so many events another one begins.</summary>
    private const int EventsAStatement = 100_000;

    private readonly PostgresDatabase _database = database;

    protected override async IAsyncEnumerable<EventBatch> ReadWindowAsync(
        long time, int maxEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the first read: what is appended meanwhile follows this position, even if the reads below have it too.
        var resume = LogPosition.Of(await ReadSequenceAsync(cancellationToken));
        var names = new Dictionary<long, RepositoryName>();
        var id = long.MaxValue;
        for (var isLast = false; !isLast;)
        {
            await using var reading = await WindowReading.BeginAsync(_database, time, id, EventsAStatement, cancellationToken);
            var total = 0;
            while (await reading.ReadAsync(maxEvents, cancellationToken) is { Count: > 0 } rows)
            {
                total += rows.Count;
                (time, id) = (rows[^1].CreatedAt, rows[^1].EventId);
                yield return new EventBatch(await ToEventsAsync(rows, names, cancellationToken), LogPosition.Start);
            }

            isLast = total < EventsAStatement;
        }

        yield return new EventBatch([], resume);
    }

    private async ValueTask<List<GitHubEvent>> ToEventsAsync(
        List<WindowRow> rows, Dictionary<long, RepositoryName> names, CancellationToken cancellationToken)
    {
        var unnamed = rows.Select(row => row.RepositoryId).Where(id => !names.ContainsKey(id)).ToHashSet();
        if (unnamed.Count > 0 || rows.Exists(row => !Types.Knows(row.TypeId)))
            await _database.ReadAsync(session => LoadNames(session, unnamed, names), cancellationToken);
        var events = new List<GitHubEvent>(rows.Count);
        foreach (var row in rows)
        {
            events.Add(new GitHubEvent
            {
                Key = new EventKey(EventId.FromValue(row.EventId), Micros.ToTime(row.CreatedAt)),
                Type = Types.Get(row.TypeId),
                RepositoryId = new RepositoryId(row.RepositoryId),
                Repository = names[row.RepositoryId],
            });
        }

        return events;
    }

    private bool LoadNames(SqlSession session, HashSet<long> unnamed, Dictionary<long, RepositoryName> names)
    {
        Types.Load(session);
        using var select = session.Prepare(
            $"SELECT repository_id, name FROM repository_name WHERE {session.Dialect.In("repository_id", 1)} ORDER BY last_seen_at, " +
            "name DESC");
        select.BindIds(session.Dialect, 1, unnamed);
        foreach (var id in unnamed)
            names[id] = default;
        while (select.Step())
            names[select.Int64(0)] = SqlNames.ToName(select.Text(1));
        return true;
    }
}
