namespace RepoPulse.Sql;

/// <summary>Reads feeds as the catalog reports them.</summary>
internal static class CatalogFeedQueries
{
    private const string Select =
        """
        SELECT id, address, repository_id, state, last_polled_at, next_poll_at, CASE WHEN EXISTS
            (SELECT 1 FROM watch_list_feed JOIN watch_list USING (collector) WHERE feed_id IN (feed.id, feed.origin_id) AND registered_at > ?1)
            THEN 1 ELSE 0 END, confirmed_at
        FROM feed WHERE
        """;

    /// <param name="where">A condition on <c>?2</c>.</param>
    public static List<CatalogFeed> Read(SqlSession session, long lapsed, string where, long number)
    {
        using var select = session.Prepare($"{Select} {where} ORDER BY id");
        select.Bind(1, lapsed).Bind(2, number);
        var feeds = new List<CatalogFeed>();
        while (select.Step())
            feeds.Add(ToFeed(select));
        return feeds;
    }

    public static CatalogFeed? Find(SqlSession session, long lapsed, FeedAddress address)
    {
        using var select = session.Prepare($"{Select} address = ?2");
        return select.Bind(1, lapsed).Bind(2, address.ToString()).Step() ? ToFeed(select) : null;
    }

    private static CatalogFeed ToFeed(SqlStatement row) => new(
        row.Int64(0),
        SqlFeeds.ToAddress(row.Text(1)),
        new RepositoryId(row.Int64(2)),
        (RepositoryState)row.Int32(3),
        SqlFeeds.ToTime(row.NullableInt64(4)),
        SqlFeeds.ToTime(row.NullableInt64(5)),
        row.Int64(6) != 0)
    {
        ConfirmedAt = SqlFeeds.ToTime(row.NullableInt64(7)),
    };
}
