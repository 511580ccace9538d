using RepoPulse.Sql.Log;
using RepoPulse.Sql.Payloads;
using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Sqlite.Log;

/// <summary>
/// Appends in one transaction a batch. Sequence numbers are given under the file's one write lock, so their order is the order of commits, and a
/// reader that asks for what follows a number passes nothing over.
/// </summary>
internal sealed class SqliteEventLogWriter(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : SqlEventLogWriter
{
    protected override async ValueTask<AppendResult> AppendCheckedAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqlSession, bool> admit, CancellationToken cancellationToken)
    {
        var codec = await payloads.ForAppendAsync(events, cancellationToken);
        // Compressed before the lock is asked for: appends wait for one another's writes only.
        using var frames = await Task.Run(() => PayloadBatch.Compress(codec, events), cancellationToken);
        return await database.WriteAsync(
            session => admit(session) ? Append(session, events, frames, source) : new AppendResult(0, events.Count), cancellationToken);
    }

    private AppendResult Append(SqlSession session, IReadOnlyList<GitHubEvent> events, PayloadBatch frames, EventSource source)
    {
        var names = new SqlNames(session);
        var appends = new SingleAppends(session, payloads, types, names, source);
        using var insert = new SqliteEventInsert(session, frames.Dictionary);
        for (var i = 0; i < events.Count; i++)
            appends.Append(events[i], frames[i], insert);
        appends.Save();
        names.Save();
        session.EventsChanged = appends.Appended > 0;
        return new AppendResult(appends.Appended, events.Count - appends.Appended) { Superseding = appends.Superseding };
    }
}
