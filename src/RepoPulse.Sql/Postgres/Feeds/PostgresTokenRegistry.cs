namespace RepoPulse.Sql.Postgres;

/// <summary>
/// What collectors publish to one another about the tokens that they use. A wait outlives the collector that received it.
/// </summary>
internal static class PostgresTokenRegistry
{
    public static IReadOnlyList<TokenReport> Exchange(SqlSession session, long collector, IReadOnlyCollection<TokenUse> tokens)
    {
        if (tokens.Count == 0)
            return [];
        var shared = new List<TokenReport>();
        foreach (var (token, wait) in tokens)
        {
            if (wait > TimeSpan.Zero)
                StoreWait(session, token, wait);
            if (Read(session, collector, token) is { } known)
                shared.Add(known);
        }

        return shared;
    }

    private static void StoreWait(SqlSession session, string token, TimeSpan wait)
    {
        // What went to the server and back by other collectors is a little longer each time: that is no news.
        using var upsert = session.Prepare(
            """
            INSERT INTO token_wait (token, wait_until) VALUES (?1, clock_timestamp() + ?2 * interval '1 microsecond')
            ON CONFLICT (token) DO UPDATE SET wait_until = excluded.wait_until WHERE excluded.wait_until > token_wait.wait_until + interval '1 second'
            """);
        upsert.Bind(1, token).Bind(2, (long)wait.TotalMicroseconds).Run();
    }

    private static TokenReport? Read(SqlSession session, long collector, string token)
    {
        // Longer than any wait is what was stored before the server's clock was set back.
        using (var cut = session.Prepare(
            """
            UPDATE token_wait SET wait_until = clock_timestamp() + ?2 * interval '1 microsecond'
            WHERE token = ?1 AND wait_until > clock_timestamp() + (?2 + 1000000) * interval '1 microsecond'
            """))
            cut.Bind(1, token).Bind(2, (long)TokenUse.MaxWait.TotalMicroseconds).Run();
        using (var use = session.Prepare("INSERT INTO collector_token (collector_id, token) VALUES (?1, ?2) ON CONFLICT DO NOTHING"))
            use.Bind(1, collector).Bind(2, token).Run();
        using var select = session.Prepare(
            """
            SELECT (SELECT count(*) FROM collector_token JOIN collector ON id = collector_id WHERE token = ?1 AND lease_until > clock_timestamp()),
                coalesce((SELECT (extract(epoch FROM wait_until - clock_timestamp()) * 1000000)::bigint FROM token_wait WHERE token = ?1), 0)
            """);
        select.Bind(1, token).Step();
        var (collectors, wait) = ((int)select.Int64(0), TimeSpan.FromMicroseconds(Math.Max(0, select.Int64(1))));
        return collectors > 1 || wait > TimeSpan.Zero ? new TokenReport(token, collectors, wait) : null;
    }
}
