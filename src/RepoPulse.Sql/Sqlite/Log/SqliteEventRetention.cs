using RepoPulse.Sql.Sqlite.Connections;

namespace RepoPulse.Sql.Sqlite.Log;

internal sealed class SqliteEventRetention(SqliteDatabase database) : IEventRetention
{
    /// <summary>Some 20 ms of the write lock, after which waiting appends have their turn.</summary>
    private const int EventsAStep = 2_000;

    public ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var bound = Micros.Ceiling(cutoff);
        return database.WriteAsync(session => Delete(session, bound), cancellationToken);
    }

    private static int Delete(SqliteSession session, long bound)
    {
        var expired = new List<long>();
        using (var select = session.Prepare(
            """
            SELECT seq FROM event INDEXED BY event_by_key WHERE created_at < ?1 ORDER BY created_at, event_id LIMIT ?2
            """).Bind(1, bound).Bind(2, EventsAStep))
        {
            while (select.Step())
                expired.Add(select.Int64(0));
        }

        using var deletePayload = session.Prepare("DELETE FROM payload WHERE seq = ?1");
        using var deleteEvent = session.Prepare("DELETE FROM event WHERE seq = ?1");
        foreach (var seq in expired)
        {
            deletePayload.Bind(1, seq).Run();
            deleteEvent.Bind(1, seq).Run();
        }

        return expired.Count;
    }
}
