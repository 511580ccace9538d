using RepoPulse.Sql.Log;
using RepoPulse.Sql.Payloads;
using RepoPulse.Sql.Postgres.Connections;
using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>Writes events of one source: most of them at once, and one by one those of repositories of which a webhook tells.</summary>
/// <param name="expectation">Whether a large batch is likely to be held in part; told what came of this one.</param>
internal sealed class PostgresAppend(
    SqlPayloads payloads, SqlEventTypes types, IReadOnlyList<GitHubEvent> events, EventSource source, PayloadBatch frames, HeldExpectation expectation)
    : PreparedAppend
{
    private readonly StagedEvents _staged = new(events, frames, types, source);

    public override AppendResult Append(SqlSession session, SqlNames names)
    {
        var postgres = (PostgresSession)session;
        var transfer = new EventTransfer(postgres, _staged);
        if (transfer.IsLarge && expectation.IsHeld)
            transfer.Stage();
        var opening = LogOpening.Begin(postgres, events);
        var apart = FindApart(opening.Told);
        var appended = transfer.MoveIntoLog(opening.FirstNumber, apart);
        if (transfer.IsLarge)
            expectation.IsHeld = appended < events.Count - apart.Count;
        for (var i = 0; i < events.Count; i++)
            names.See(events[i].RepositoryId, events[i].Repository, Micros.Floor(events[i].Key.CreatedAt));
        var superseding = 0;
        if (apart.Count > 0)
        {
            var singles = new SingleAppends(session, payloads, types, names, source);
            using var insert = new PostgresEventInsert(postgres, frames.Dictionary);
            foreach (var i in apart)
                singles.Append(events[i], frames[i], insert);
            (appended, superseding) = (appended + singles.Appended, singles.Superseding);
        }

        return new AppendResult(appended, events.Count - appended) { Superseding = superseding };
    }

    public override void Dispose() => frames.Dispose();

    /// <summary>The places of the events of repositories of which a webhook tells, or told something that is near in time: one by one, in their order.</summary>
    private List<int> FindApart(HashSet<long> told)
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
}
