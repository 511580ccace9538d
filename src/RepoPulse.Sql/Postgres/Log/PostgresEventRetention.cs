using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// Lets events go without touching them: a row says up to which time, and everyone who reads leaves out what is older. The rows themselves
/// go with their part once all of it is past, which is instant.
/// </summary>
internal sealed class PostgresEventRetention(PostgresDatabase database) : IEventRetention
{
    /// <summary>Of what webhooks reported, so many are forgotten in a step.</summary>
    private const int WebhookEventsAStep = 2_000;

    public async ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var bound = Micros.Ceiling(cutoff);
        var hidden = await database.WriteAsync(session => Hide(session, bound), cancellationToken);
        var past = await database.ReadAsync(
            session => EventPartitions.Read(session).FindAll(part => part.ToMicros() <= bound), cancellationToken);
        foreach (var part in past)
            await DropAsync(part, cancellationToken);
        return hidden;
    }

    private static int Hide(SqlSession session, long bound)
    {
        // One collector at a time; the others find done what they came for.
        var (before, upto) = Read(session);
        var cutoff = Math.Max(before, bound);
        var last = session.Last(SqlNumbers.Events);
        // Those that became too old, and those that were too old when they came.
        using var count = session.Prepare(
            """
            SELECT (SELECT count(*) FROM event WHERE created_at >= ?1 AND created_at < ?2 AND seq <= ?4)
                + (SELECT count(*) FROM event WHERE seq > ?3 AND seq <= ?4 AND created_at < ?1)
            """);
        count.Bind(1, before).Bind(2, cutoff).Bind(3, upto).Bind(4, last).Step();
        var hidden = (int)Math.Min(count.Int64(0), int.MaxValue);
        using (var update = session.Prepare("UPDATE retention SET cutoff = ?1, upto = ?2"))
            update.Bind(1, cutoff).Bind(2, last).Run();
        using (var early = session.Prepare("DELETE FROM event_early WHERE created_at < ?1 AND seq <= ?2"))
            early.Bind(1, cutoff).Bind(2, last).Run();
        ForgetWebhookEvents(session, bound);
        return hidden;
    }

    private static (long Cutoff, long Upto) Read(SqlSession session)
    {
        using var select = session.Prepare("SELECT cutoff, upto FROM retention FOR UPDATE");
        return select.Step() ? (select.Int64(0), select.Int64(1)) : throw new InvalidDataException("The row of retention is missing.");
    }

    private static void ForgetWebhookEvents(SqlSession session, long bound)
    {
        using var delete = session.Prepare(
            """
            DELETE FROM webhook_event WHERE (repository_id, created_at, event_id) IN (
                SELECT repository_id, created_at, event_id FROM webhook_event WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)
            """);
        delete.Bind(1, bound).Bind(2, WebhookEventsAStep).Run();
    }

    /// <summary>
    /// Dropping needs the whole log for a moment. Should someone read it for longer (a backup does), nobody is kept waiting behind this: it
    /// is tried again with the next step.
    /// </summary>
    private async ValueTask DropAsync(EventPartition part, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                session =>
                {
                    session.Scalar("SELECT length(set_config('lock_timeout', '100ms', true))");
                    using var drop = session.Prepare($"DROP TABLE IF EXISTS {part.Table}");
                    return drop.Run();
                },
                cancellationToken);
        }
        catch (StorageException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
        }
    }
}
