namespace RepoPulse.Sql.Postgres;

/// <summary>Writes events of one source: most of them at once, and one by one those of repositories that a webhook reports on.</summary>
/// <param name="expectation">Whether a large batch is likely to be held in part; updated with what came of this one.</param>
internal sealed class PostgresAppend(
    SqlPayloads payloads,
    SqlEventTypes types,
    IReadOnlyList<GitHubEvent> events,
    EventSource source,
    PayloadBatch frames,
    DuplicateExpectation expectation)
    : PreparedAppend
{
    private readonly StagedEvents _staged = new(events, frames, types, source);

    public override AppendResult Append(SqlSession session, SqlNames names)
    {
        var postgres = (PostgresSession)session;
        var transfer = new EventTransfer(postgres, _staged);
        if (transfer.IsLarge && expectation.IsHeld)
            transfer.Stage();
        var opening = AppendTransaction.Begin(postgres, events);
        var apart = FindApart(opening.RecentlySent);
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

    /// <summary>
    /// The places of the events of repositories that a webhook reports on, or reported something that is near in time: one by one, in their
    /// order.
    /// </summary>
    private List<int> FindApart(HashSet<long> recent)
    {
        recent.UnionWith(events.Where(e => e.Key.Id.IsWebhook).Select(e => e.RepositoryId.Value));
        var places = new List<int>();
        for (var i = 0; recent.Count > 0 && i < events.Count; i++)
        {
            if (recent.Contains(events[i].RepositoryId.Value))
                places.Add(i);
        }

        return places;
    }
}
