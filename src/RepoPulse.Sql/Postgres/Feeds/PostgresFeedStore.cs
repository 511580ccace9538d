namespace RepoPulse.Sql.Postgres;

/// <summary>Keeps a collector that lost a feed, and does not know it yet, from overwriting what its successor has read.</summary>
internal sealed class PostgresFeedStore(PostgresDatabase database, PostgresFeedLeases shares) : SqlFeedStore(database)
{
    protected override bool IsOthers(SqlSession session, long feed)
    {
        // Locked, so that it is not taken over between this question and the commit.
        using var select = session.Prepare(
            """
            SELECT 1 FROM feed WHERE id = ?1 AND collector_id <> ?2
                AND collector_id IN (SELECT id FROM collector WHERE lease_until > clock_timestamp())
            FOR UPDATE
            """);
        return select.Bind(1, feed).Bind(2, shares.CollectorId).Step();
    }
}
