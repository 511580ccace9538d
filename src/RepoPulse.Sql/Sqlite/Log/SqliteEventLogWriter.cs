using RepoPulse.Sql.Payloads;
using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Repositories;
using RepoPulse.Sql.Sqlite.Webhooks;

namespace RepoPulse.Sql.Sqlite.Log;

/// <summary>
/// Appends in one transaction a batch. Sequence numbers are given under the file's one write lock, so their order is the order of commits, and a
/// reader that asks for what follows a number passes nothing over.
/// </summary>
internal sealed class SqliteEventLogWriter(SqliteDatabase database, SqlitePayloads payloads, SqliteEventTypes types) : IEventLogWriter
{
    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken) =>
        AppendAsync(events, source, static _ => true, cancellationToken);

    /// <param name="admit">Asked within the transaction, before anything: false leaves all as it is.</param>
    public async ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqliteSession, bool> admit, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return default;
        foreach (var e in events)
        {
            if (!e.HasRepository)
                throw new ArgumentException($"The event {e.Key.Id} has no repository, and cannot be stored.", nameof(events));
        }

        var codec = await payloads.ForAppendAsync(events, cancellationToken);
        // Compressed before the lock is asked for: appends wait for one another's writes only.
        using var frames = await Task.Run(() => PayloadBatch.Compress(codec, events), cancellationToken);
        var (result, namesChanged) = await database.WriteAsync(
            session => admit(session) ? Append(session, events, frames, source) : (new AppendResult(0, events.Count), false), cancellationToken);
        if (result.Appended > 0)
            database.EventsChanged.Set();
        if (namesChanged)
            database.CatalogChanged.Set();
        return result;
    }

    private (AppendResult Result, bool NamesChanged) Append(
        SqliteSession session, IReadOnlyList<GitHubEvent> events, PayloadBatch frames, EventSource source)
    {
        var sequence = new SqliteCounter(session, SqliteCounter.Event);
        var names = new SqliteNames(session);
        var merging = new SqliteMerging(session, payloads);
        var typeIds = new Dictionary<EventType, long>();
        using var insertEvent = session.Prepare(
            """
            INSERT INTO event (seq, created_at, event_id, repository_id, type_id, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (created_at, event_id) DO NOTHING
            """);
        using var insertPayload = session.Prepare("INSERT INTO payload (seq, dictionary, json) VALUES (?1, ?2, ?3)");
        insertEvent.Bind(6, (long)source);
        insertPayload.Bind(2, frames.Dictionary);

        var appended = 0;
        var superseding = 0;
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            if (!typeIds.TryGetValue(e.Type, out var typeId))
                typeIds.Add(e.Type, typeId = types.GetOrAdd(session, e.Type));
            var createdAt = Micros.Floor(e.Key.CreatedAt);
            names.See(e.RepositoryId, e.Repository, createdAt);
            if (merging.Holds(e, createdAt, typeId))
                continue;
            insertEvent.Bind(1, sequence.Upcoming).Bind(2, createdAt).Bind(3, e.Key.Id.Value).Bind(4, e.RepositoryId.Value).Bind(5, typeId);
            if (insertEvent.Run() == 0)
                continue;
            var seq = sequence.Next();
            insertPayload.Bind(1, seq).Bind(3, frames[i]).Run();
            appended++;
            superseding += merging.Appended(e, createdAt, seq) ? 1 : 0;
        }

        sequence.Save();
        return (new AppendResult(appended, events.Count - appended) { Superseding = superseding }, names.Save());
    }
}
