using RepoPulse.Sql.Feeds;
using RepoPulse.Sql.Sqlite.Connections;
using RepoPulse.Sql.Sqlite.Repositories;

namespace RepoPulse.Sql.Sqlite.Feeds;

internal sealed class SqliteFeedStore(SqliteDatabase database) : IFeedStore
{
    public ValueTask<IReadOnlyList<Feed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lapsed = WatchListLapse.Bound(now);
        return database.ReadAsync<IReadOnlyList<Feed>>(session => ReadWatched(session, lapsed), cancellationToken);
    }

    public async ValueTask SaveAsync(
        FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings, CancellationToken cancellationToken)
    {
        await database.WriteAsync(session => Save(session, feed, cursor, proof, sightings), cancellationToken);
        database.CatalogChanged.Set();
    }

    private static List<Feed> ReadWatched(SqliteSession session, long lapsed)
    {
        using var select = session.Prepare(
            """
            SELECT address, repository_id, state, last_polled_at, next_poll_at, cursor, last_sweep FROM feed
            WHERE id IN (SELECT feed_id FROM watch_list_feed JOIN watch_list USING (collector) WHERE registered_at > ?1)
            ORDER BY id
            """).Bind(1, lapsed);
        var feeds = new List<Feed>();
        while (select.Step())
            feeds.Add(SqliteFeeds.ToFeed(select));
        return feeds;
    }

    private static bool Save(SqliteSession session, FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings)
    {
        var version = new SqliteCounter(session, SqliteCounter.Catalog);
        var stamp = version.Next();
        var id = SqliteFeeds.GetOrAdd(session, feed, stamp);
        BumpFormerRepository(session, id, cursor.RepositoryId, version);
        version.Save();
        SqliteFeeds.SaveCursor(session, id, cursor, stamp);
        if (proof is { } proven)
        {
            // The stored ledger, not one that the caller held: an import may have repaired it meanwhile.
            var stored = SqliteFeeds.ReadCoverage(session, id);
            var ledger = stored.Apply(proven with { From = Truncate(proven.From), To = Truncate(proven.To) });
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

    /// <summary>A name that another repository bears now: the one that bore it is no longer watched by this feed, and its readers must learn of it.</summary>
    private static void BumpFormerRepository(SqliteSession session, long feedId, RepositoryId repositoryId, SqliteCounter version)
    {
        using var select = session.Prepare("SELECT repository_id FROM feed WHERE id = ?1 AND repository_id <> ?2");
        if (!select.Bind(1, feedId).Bind(2, repositoryId.Value).Step())
            return;
        using var bump = session.Prepare("UPDATE repository_name SET stamp = ?2 WHERE stamp = (SELECT min(stamp) FROM repository_name WHERE repository_id = ?1)");
        bump.Bind(1, select.Int64(0)).Bind(2, version.Next()).Run();
    }

    /// <summary>To what can be stored, so that the ledger that is applied to is the one that was stored.</summary>
    private static DateTimeOffset Truncate(DateTimeOffset time) => Micros.ToTime(Micros.Floor(time));
}
