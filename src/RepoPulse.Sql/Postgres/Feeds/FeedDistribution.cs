namespace RepoPulse.Sql.Postgres;

/// <summary>Who has which feed.</summary>
internal static class FeedDistribution
{
    /// <summary>The feeds on a list that has not lapsed, and those of repositories that lost such a name.</summary>
    private const string Watched =
        """
        WITH listed AS MATERIALIZED (SELECT feed_id FROM watch_list_feed JOIN watch_list USING (collector) WHERE registered_at > ?1)
        """;

    private const string IsWatched = "(id IN (SELECT feed_id FROM listed) OR origin_id IN (SELECT feed_id FROM listed))";

    /// <summary>
    /// Gives back what is on no list any more or beyond an even share, or takes up to that share of what no living collector has.
    /// </summary>
    public static void Divide(SqlSession session, long collector, long collectors, long lapsed)
    {
        using (var drop = session.Prepare(
            $"{Watched} UPDATE feed SET collector_id = NULL WHERE collector_id = ?2 AND {IsWatched} IS NOT TRUE"))
            drop.Bind(1, lapsed).Bind(2, collector).Run();
        using var count = session.Prepare(
            $"{Watched} SELECT count(*), count(*) FILTER (WHERE collector_id = ?2) FROM feed WHERE {IsWatched}");
        count.Bind(1, lapsed).Bind(2, collector).Step();
        var (watched, own) = (count.Int64(0), count.Int64(1));
        var share = (watched + collectors - 1) / Math.Max(1, collectors);
        if (own > share)
            Release(session, collector, own - share);
        else if (own < share)
            Take(session, collector, share - own, lapsed);
    }

    public static LeaseFingerprint Mark(SqlSession session, long collector)
    {
        using var select = session.Prepare(
            """SELECT count(*), coalesce(sum(hashtextextended(address COLLATE "C", 0) % 1000000007), 0)::bigint FROM feed WHERE collector_id = ?1""");
        select.Bind(1, collector).Step();
        return new LeaseFingerprint(select.Int64(0), select.Int64(1), 0);
    }

    public static List<(long Id, WatchedFeed Feed)> Read(SqlSession session, long collector)
    {
        using var select = session.Prepare(
            "SELECT id, address, last_polled_at, next_poll_at, events_per_hour FROM feed WHERE collector_id = ?1 ORDER BY id");
        select.Bind(1, collector);
        var feeds = new List<(long, WatchedFeed)>();
        while (select.Step())
        {
            feeds.Add((select.Int64(0), new WatchedFeed(SqlFeeds.ToAddress(select.Text(1)))
            {
                LastPolledAt = SqlFeeds.ToTime(select.NullableInt64(2)),
                NextPollAt = SqlFeeds.ToTime(select.NullableInt64(3)),
                EventsPerHour = select.Double(4),
            }));
        }

        return feeds;
    }

    /// <summary>Those first that are not to be polled for longest.</summary>
    private static void Release(SqlSession session, long collector, long feeds)
    {
        using var update = session.Prepare(
            """
            UPDATE feed SET collector_id = NULL WHERE id IN (
                SELECT id FROM feed WHERE collector_id = ?1 ORDER BY next_poll_at DESC NULLS FIRST, id DESC LIMIT ?2)
            """);
        update.Bind(1, collector).Bind(2, feeds).Run();
    }

    /// <summary>Those first that are to be polled soonest. What a poll of another is storing right now is left for the next time.</summary>
    private static void Take(SqlSession session, long collector, long feeds, long lapsed)
    {
        using var update = session.Prepare(
            $"""
            {Watched}
            UPDATE feed SET collector_id = ?2 WHERE id IN (
                SELECT id FROM feed
                WHERE {IsWatched} AND (collector_id IS NULL OR collector_id NOT IN (SELECT id FROM collector WHERE lease_until > clock_timestamp()))
                ORDER BY next_poll_at NULLS FIRST, id LIMIT ?3 FOR UPDATE OF feed SKIP LOCKED)
            """);
        update.Bind(1, lapsed).Bind(2, collector).Bind(3, feeds).Run();
    }
}
