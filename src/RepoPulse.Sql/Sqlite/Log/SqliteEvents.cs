using RepoPulse.Sql.Sqlite.Connections;

namespace RepoPulse.Sql.Sqlite.Log;

/// <summary>What is done to a single event, which lies in two tables.</summary>
internal static class SqliteEvents
{
    public static void Delete(SqliteSession session, long sequence)
    {
        using var deletePayload = session.Prepare("DELETE FROM payload WHERE seq = ?1");
        using var deleteEvent = session.Prepare("DELETE FROM event WHERE seq = ?1");
        deletePayload.Bind(1, sequence).Run();
        deleteEvent.Bind(1, sequence).Run();
    }
}
