using Npgsql;
using RepoPulse.Sql.Log;
using RepoPulse.Sql.Payloads;
using RepoPulse.Sql.Postgres.Connections;
using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>
/// Appends in one transaction a batch. What can be done before is, because from the moment that numbers are given until the commit no other append
/// goes on: so numbers are in the order of commits, and a reader that asks for what follows a number passes nothing over.
/// </summary>
internal sealed class PostgresEventLogWriter(PostgresDatabase database, EventParts parts, SqlPayloads payloads, SqlEventTypes types) : SqlEventLogWriter
{
    /// <summary>Whether the last large batch was held in part: an import that is repeated goes on so, and polls bring what is new.</summary>
    private volatile bool _expectsHeld;

    protected override async ValueTask<AppendResult> AppendCheckedAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqlSession, bool> admit, CancellationToken cancellationToken)
    {
        var codec = await payloads.ForAppendAsync(events, cancellationToken);
        using var frames = await Task.Run(() => PayloadBatch.Compress(codec, events), cancellationToken);
        await LearnTypesAsync(events, cancellationToken);
        var staged = new StagedEvents(events, frames, types, source);
        for (var isRepeated = false; ; isRepeated = true)
        {
            await parts.PrepareAsync(events, cancellationToken);
            try
            {
                return await database.WriteAsync(
                    session => admit(session) ? Append((PostgresSession)session, events, staged, frames, source) : new AppendResult(0, events.Count),
                    cancellationToken);
            }
            catch (StorageException e) when (!isRepeated && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.CheckViolation })
            {
                // Retention dropped a part meanwhile, and an old event that came late needs it again.
                parts.Forget();
            }
        }
    }

    private AppendResult Append(PostgresSession session, IReadOnlyList<GitHubEvent> events, StagedEvents staged, PayloadBatch frames, EventSource source)
    {
        var transfer = new EventTransfer(session, staged);
        if (transfer.IsLarge && _expectsHeld)
            transfer.Stage();
        var opening = LogOpening.Begin(session, events);
        var apart = FindApart(events, opening.Told);
        var appended = transfer.MoveIntoLog(opening.FirstNumber, apart);
        if (transfer.IsLarge)
            _expectsHeld = appended < events.Count - apart.Count;
        var names = new SqlNames(session);
        for (var i = 0; i < events.Count; i++)
            names.See(events[i].RepositoryId, events[i].Repository, Micros.Floor(events[i].Key.CreatedAt));
        var superseding = 0;
        if (apart.Count > 0)
        {
            var singles = new SingleAppends(session, payloads, types, names, source);
            using var insert = new PostgresEventInsert(session, frames.Dictionary);
            foreach (var i in apart)
                singles.Append(events[i], frames[i], insert);
            (appended, superseding) = (appended + singles.Appended, singles.Superseding);
        }

        names.Save();
        session.EventsChanged = appended > 0;
        return new AppendResult(appended, events.Count - appended) { Superseding = superseding };
    }

    /// <summary>The places of the events of repositories of which a webhook tells, or told something that is near in time: one by one, in their order.</summary>
    private static List<int> FindApart(IReadOnlyList<GitHubEvent> events, HashSet<long> told)
    {
        told.UnionWith(events.Where(e => e.Key.Id.IsWebhook).Select(e => e.RepositoryId.Value));
        var places = new List<int>();
        for (var i = 0; told.Count > 0 && i < events.Count; i++)
        {
            if (told.Contains(events[i].RepositoryId.Value))
                places.Add(i);
        }

        return places;
    }

    private async ValueTask LearnTypesAsync(IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        var unknown = events.Select(e => e.Type).Where(type => !types.Knows(type)).ToHashSet();
        if (unknown.Count == 0)
            return;
        // In a transaction of its own: should the append fail, the numbers stay, and hurt nobody.
        await database.WriteAsync(
            session =>
            {
                session.Count(SqlNumbers.Events);
                foreach (var type in unknown)
                    types.GetOrAdd(session, type);
                return true;
            },
            cancellationToken);
        await database.ReadAsync(
            session =>
            {
                types.Load(session);
                return true;
            },
            cancellationToken);
    }
}
