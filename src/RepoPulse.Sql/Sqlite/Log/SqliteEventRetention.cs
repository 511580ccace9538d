namespace RepoPulse.Sql.Sqlite;

internal sealed class SqliteEventRetention(SqlDatabase database) : IEventRetention
{
    /// <summary>Some 20 ms of the write lock, after which waiting appends have their turn.</summary>
    private const int EventsAStep = 2_000;

    public ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var bound = Micros.Ceiling(cutoff);
        return database.WriteAsync(session => Delete(session, bound), cancellationToken);
    }

    private static int Delete(SqlSession session, long bound)
    {
        var expired = new List<long>();
        using (var select = session.Prepare(
            """
            SELECT seq FROM event INDEXED BY event_by_key WHERE created_at < ?1 ORDER BY created_at, event_id LIMIT ?2
            """))
        {
            select.Bind(1, bound).Bind(2, EventsAStep);
            while (select.Step())
                expired.Add(select.Int64(0));
        }

        foreach (var seq in expired)
            session.Dialect.Delete(session, seq);
        ForgetWebhookEvents(session, bound);
        return expired.Count;
    }

    /// <summary>As many as events at the most. What is left over goes with the next step, of which there is always one.</summary>
    private static void ForgetWebhookEvents(SqlSession session, long bound)
    {
        using var delete = session.Prepare(
            """
            DELETE FROM webhook_event WHERE (repository_id, created_at, event_id) IN (
                SELECT repository_id, created_at, event_id FROM webhook_event INDEXED BY webhook_event_by_time
                WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)
            """);
        delete.Bind(1, bound).Bind(2, EventsAStep).Run();
    }
}
