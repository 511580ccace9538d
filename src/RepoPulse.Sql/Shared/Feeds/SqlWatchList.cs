namespace RepoPulse.Sql;

internal sealed class SqlWatchList(SqlDatabase database) : IWatchList
{
    public async ValueTask RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.WriteAsync(session => Register(session, collector, feeds, now), cancellationToken);
    }

    /// <summary>Notifies the catalog's readers of the lists that lapsed, and says whether there were any.</summary>
    public static bool MarkLapsed(SqlSession session, long lapsed)
    {
        var version = session.Count(SqlNumbers.Catalog);
        using var bump = session.Prepare(
            """
            WITH unlisted AS MATERIALIZED
                (SELECT feed_id FROM watch_list_feed JOIN watch_list USING (collector) WHERE lapsed = 0 AND registered_at <= ?2)
            UPDATE feed SET version = ?1 WHERE id IN (SELECT feed_id FROM unlisted) OR origin_id IN (SELECT feed_id FROM unlisted)
            """);
        bump.Bind(1, version.Next()).Bind(2, lapsed).Run();
        version.Save();
        using var mark = session.Prepare("UPDATE watch_list SET lapsed = 1 WHERE lapsed = 0 AND registered_at <= ?1");
        return session.CatalogChanged = mark.Bind(1, lapsed).Run() > 0;
    }

    private static bool Register(SqlSession session, string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now)
    {
        var version = session.Count(SqlNumbers.Catalog);
        var change = version.Next();
        CutBack(session, now);
        var revived = WasLapsed(session, collector, WatchListExpiry.Bound(now));
        using var upsert = session.Prepare(
            """
            INSERT INTO watch_list (collector, registered_at, lapsed) VALUES (?1, ?2, 0)
            ON CONFLICT (collector) DO UPDATE SET registered_at = excluded.registered_at, lapsed = 0
            """);
        upsert.Bind(1, collector).Bind(2, Micros.Floor(now)).Run();

        var before = ReadList(session, collector);
        HashSet<long> after = [.. feeds.Select(feed => SqlFeeds.GetOrAdd(session, feed, change))];
        using var insert = session.Prepare("INSERT INTO watch_list_feed (feed_id, collector) VALUES (?1, ?2)");
        foreach (var id in after.Except(before))
            insert.Bind(1, id).Bind(2, collector).Run();
        using var delete = session.Prepare("DELETE FROM watch_list_feed WHERE feed_id = ?1 AND collector = ?2");
        foreach (var id in before.Except(after))
            delete.Bind(1, id).Bind(2, collector).Run();

        // Registering the same list again, as every collector does hourly, is no change.
        HashSet<long> changed = [.. before, .. after];
        if (!revived)
            changed.ExceptWith(before.Intersect(after));
        using var bump = session.Prepare("UPDATE feed SET version = ?2 WHERE id = ?1 OR origin_id = ?1");
        foreach (var id in changed)
            bump.Bind(1, id).Bind(2, change).Run();
        version.Save();
        return session.CatalogChanged = changed.Count > 0;
    }

    /// <summary>
    /// A list that was registered by a clock far ahead would hold until that time comes: it lapses like the others from now on.
    /// </summary>
    private static void CutBack(SqlSession session, DateTimeOffset now)
    {
        using var update = session.Prepare("UPDATE watch_list SET registered_at = ?1 WHERE registered_at > ?2");
        update.Bind(1, Micros.Floor(now)).Bind(2, WatchListExpiry.AheadBound(now)).Run();
    }

    private static bool WasLapsed(SqlSession session, string collector, long lapsed)
    {
        using var select = session.Prepare("SELECT 1 FROM watch_list WHERE collector = ?1 AND (lapsed = 1 OR registered_at <= ?2)");
        return select.Bind(1, collector).Bind(2, lapsed).Step();
    }

    private static HashSet<long> ReadList(SqlSession session, string collector)
    {
        using var select = session.Prepare("SELECT feed_id FROM watch_list_feed WHERE collector = ?1");
        select.Bind(1, collector);
        HashSet<long> ids = [];
        while (select.Step())
            ids.Add(select.Int64(0));
        return ids;
    }
}

internal static class WatchListExpiry
{
    /// <summary>How long a collector's list holds after it was last registered.</summary>
    private static readonly TimeSpan After = TimeSpan.FromDays(1);

    /// <summary>A list registered at or before this time (in microseconds) has lapsed.</summary>
    public static long Bound(DateTimeOffset now) => Micros.Floor(now - After);

    /// <summary>
    /// A list registered after this time (in microseconds) was so by a clock that was ahead: those of machines that are right differ by
    /// minutes.
    /// </summary>
    public static long AheadBound(DateTimeOffset now) => Micros.Floor(now + After);
}
