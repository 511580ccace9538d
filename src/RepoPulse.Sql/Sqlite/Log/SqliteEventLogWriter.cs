namespace RepoPulse.Sql.Sqlite;

/// <summary>
/// Sequence numbers are given under the file's one write lock, so their order is the order of commits, and a reader that asks for what
/// follows a number passes nothing over.
/// </summary>
internal sealed class SqliteEventLogWriter(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : SqlEventLogWriter(database)
{
    protected override async ValueTask<PreparedAppend> PrepareAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        var codec = await payloads.ForAppendAsync(events, cancellationToken);
        // Compressed before the lock is asked for: appends wait for one another's writes only.
        return new Prepared(payloads, types, events, source, await Task.Run(() => PayloadBatch.Compress(codec, events), cancellationToken));
    }

    private sealed class Prepared(
        SqlPayloads payloads, SqlEventTypes types, IReadOnlyList<GitHubEvent> events, EventSource source, PayloadBatch frames)
        : PreparedAppend
    {
        public override AppendResult Append(SqlSession session, SqlNames names)
        {
            var appends = new SingleAppends(session, payloads, types, names, source);
            using var insert = new SqliteEventInsert(session, frames.Dictionary);
            for (var i = 0; i < events.Count; i++)
                appends.Append(events[i], frames[i], insert);
            appends.Save();
            return new AppendResult(appends.Appended, events.Count - appends.Appended) { Superseding = appends.Superseding };
        }

        public override void Dispose() => frames.Dispose();
    }
}
