namespace RepoPulse.Sql.Postgres;

/// <summary>The rows that say who collects.</summary>
internal static class CollectorRegistration
{
    /// <summary>Prolongs a lease, or takes one where there is none (any more), and returns its row.</summary>
    public static long Renew(SqlSession session, long collector, TimeSpan lease)
    {
        using (var prolong = session.Prepare(
            "UPDATE collector SET lease_until = clock_timestamp() + ?2 * interval '1 microsecond' WHERE id = ?1"))
        {
            if (prolong.Bind(1, collector).Bind(2, (long)lease.TotalMicroseconds).Run() > 0)
                return collector;
        }

        using var take = session.Prepare(
            "INSERT INTO collector (lease_until) VALUES (clock_timestamp() + ?1 * interval '1 microsecond') RETURNING id");
        take.Bind(1, (long)lease.TotalMicroseconds).Step();
        return take.Int64(0);
    }

    /// <summary>
    /// Those whose lease lasts. The others are forgotten after a while: they are dead, or take a new one. A lease that lasts longer than
    /// any does was taken before the server's clock was set back, and is cut to the length of one, so that the feeds of a dead collector
    /// are not kept from the others.
    /// </summary>
    public static long CountLiving(SqlSession session, TimeSpan lease)
    {
        using (var cut = session.Prepare(
            """
            UPDATE collector SET lease_until = clock_timestamp() + ?1 * interval '1 microsecond'
            WHERE lease_until > clock_timestamp() + 2 * ?1 * interval '1 microsecond'
            """))
            cut.Bind(1, (long)lease.TotalMicroseconds).Run();
        using (var forget = session.Prepare("DELETE FROM collector WHERE lease_until < clock_timestamp() - interval '1 minute'"))
            forget.Run();
        return session.Scalar("SELECT count(*) FROM collector WHERE lease_until > clock_timestamp()");
    }
}
