namespace RepoPulse.Sql;

internal class SqlFeedStore(SqlDatabase database) : IFeedStore
{
    public ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lapsed = WatchListExpiry.Bound(now);
        return database.ReadAsync<IReadOnlyList<WatchedFeed>>(session => ReadWatched(session, lapsed), cancellationToken);
    }

    public ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqlFeeds.ReadCursor(session, feed), cancellationToken);

    public ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken) =>
        database.WriteAsync(session => Save(session, feed, cursor, proof, sightings), cancellationToken);

    public async ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => SqlArchives.Note(session, archive), cancellationToken);

    /// <summary>
    /// Whether another collector has the feed, so that this one may not move its cursor. Asked while nobody else can change it.
    /// </summary>
    protected virtual bool IsOthers(SqlSession session, long feed) => false;

    private static List<WatchedFeed> ReadWatched(SqlSession session, long lapsed)
    {
        using var select = session.Prepare(
            """
            WITH listed AS MATERIALIZED (SELECT feed_id FROM watch_list_feed JOIN watch_list USING (collector) WHERE registered_at > ?1)
            SELECT address, last_polled_at, next_poll_at, events_per_hour FROM feed
            WHERE id IN (SELECT feed_id FROM listed) OR origin_id IN (SELECT feed_id FROM listed)
            ORDER BY id
            """);
        select.Bind(1, lapsed);
        var feeds = new List<WatchedFeed>();
        while (select.Step())
        {
            feeds.Add(new WatchedFeed(SqlFeeds.ToAddress(select.Text(0)))
            {
                LastPolledAt = SqlFeeds.ToTime(select.NullableInt64(1)),
                NextPollAt = SqlFeeds.ToTime(select.NullableInt64(2)),
                EventsPerHour = select.Double(3),
            });
        }

        return feeds;
    }

    private bool Save(SqlSession session, FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameObservation> sightings)
    {
        var version = session.Count(SqlNumbers.Catalog);
        var stamp = version.Next();
        var id = SqlFeeds.GetOrAdd(session, feed, stamp);
        if (IsOthers(session, id))
            return false;
        session.CatalogChanged = true;
        if (SqlFeeds.RepositoryOf(session, id) is var former && former != RepositoryId.None && former != cursor.RepositoryId)
            id = SqlFeeds.Succeed(session, id, former, feed, stamp);
        version.Save();
        SqlFeeds.SaveCursor(session, id, cursor, stamp);
        if (proof is { } proven)
        {
            // The stored ledger, not one that the caller held: an import may have repaired it meanwhile.
            var stored = SqlFeeds.ReadCoverage(session, id);
            var ledger = stored.Apply(proven.ToMicros());
            if ((!proven.Contiguous || proven.Unreadable.Count > 0) && FirstChange(stored, ledger) is { } since)
                ledger = SqlArchives.Repair(session, ledger, since, cursor.RepositoryId);
            SqlFeeds.SaveCoverage(session, id, stored, CoverageLedger.FromIntervals(ledger.Intervals));
        }

        if (sightings.Count > 0 && cursor.RepositoryId != RepositoryId.None)
        {
            var names = new SqlNames(session);
            foreach (var seen in sightings)
                names.See(cursor.RepositoryId, seen.Name, Micros.Floor(seen.LastSeenAt));
            names.Save();
        }

        return true;
    }

    /// <summary>From when on a ledger is another one: a gap may begin before the end of what was stored, where a clock was ahead.</summary>
    private static DateTimeOffset? FirstChange(CoverageLedger stored, CoverageLedger ledger)
    {
        for (var i = 0; i < ledger.Intervals.Count; i++)
        {
            if (i >= stored.Intervals.Count || stored.Intervals[i] != ledger.Intervals[i])
                return ledger.Intervals[i].From;
        }

        return null;
    }
}
