using RepoPulse.Sql.Feeds;
using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Repositories;

namespace RepoPulse.Sql.Sqlite.Feeds;

internal sealed class SqliteFeedStore(SqliteDatabase database) : IFeedStore
{
    public ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lapsed = WatchListLapse.Bound(now);
        return database.ReadAsync<IReadOnlyList<WatchedFeed>>(session => ReadWatched(session, lapsed), cancellationToken);
    }

    public ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqliteFeeds.ReadCursor(session, feed), cancellationToken);

    public async ValueTask SaveAsync(
        FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings, CancellationToken cancellationToken)
    {
        await database.WriteAsync(session => Save(session, feed, cursor, proof, sightings), cancellationToken);
        database.CatalogChanged.Set();
    }

    public async ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(session => SqliteArchives.Note(session, archive), cancellationToken))
            database.CatalogChanged.Set();
    }

    private static List<WatchedFeed> ReadWatched(SqliteSession session, long lapsed)
    {
        using var select = session.Prepare(
            """
            WITH listed AS MATERIALIZED (SELECT feed_id FROM watch_list_feed JOIN watch_list USING (collector) WHERE registered_at > ?1)
            SELECT address, last_polled_at, next_poll_at, cursor ->> 'eventsPerHour' FROM feed
            WHERE id IN (SELECT feed_id FROM listed) OR origin_id IN (SELECT feed_id FROM listed)
            ORDER BY id
            """).Bind(1, lapsed);
        var feeds = new List<WatchedFeed>();
        while (select.Step())
        {
            feeds.Add(new WatchedFeed(SqliteFeeds.ToAddress(select.Text(0)))
            {
                LastPolledAt = SqliteFeeds.ToTime(select.NullableInt64(1)),
                NextPollAt = SqliteFeeds.ToTime(select.NullableInt64(2)),
                EventsPerHour = select.Double(3),
            });
        }

        return feeds;
    }

    private static bool Save(SqliteSession session, FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings)
    {
        var version = new SqliteCounter(session, SqliteCounter.Catalog);
        var stamp = version.Next();
        var id = SqliteFeeds.GetOrAdd(session, feed, stamp);
        if (SqliteFeeds.RepositoryOf(session, id) is var former && former != RepositoryId.None && former != cursor.RepositoryId)
            id = SqliteFeeds.Succeed(session, id, former, feed, stamp);
        version.Save();
        SqliteFeeds.SaveCursor(session, id, cursor, stamp);
        if (proof is { } proven)
        {
            // The stored ledger, not one that the caller held: an import may have repaired it meanwhile.
            var stored = SqliteFeeds.ReadCoverage(session, id);
            var ledger = stored.Apply(proven with { From = Truncate(proven.From), To = Truncate(proven.To) });
            if (!proven.Contiguous)
                ledger = SqliteArchives.Repair(session, ledger, stored.Intervals is [.., var last] ? last.To : proven.From, cursor.RepositoryId);
            SqliteFeeds.SaveCoverage(session, id, stored, CoverageLedger.FromIntervals(ledger.Intervals));
        }

        if (sightings.Count > 0 && cursor.RepositoryId != RepositoryId.None)
        {
            var names = new SqliteNames(session);
            foreach (var seen in sightings)
                names.See(cursor.RepositoryId, seen.Name, Micros.Floor(seen.LastSeenAt));
            names.Save();
        }

        return true;
    }

    /// <summary>To what can be stored, so that the ledger that is applied to is the one that was stored.</summary>
    private static DateTimeOffset Truncate(DateTimeOffset time) => Micros.ToTime(Micros.Floor(time));
}
