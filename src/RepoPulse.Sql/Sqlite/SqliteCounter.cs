using RepoPulse.Sql.Sqlite.Connections;

namespace RepoPulse.Sql.Sqlite;

/// <summary>A counter within a transaction: read once, counted in memory, written back once.</summary>
internal sealed class SqliteCounter(SqliteSession session, string name)
{
    public const string Event = "event";
    public const string Catalog = "catalog";

    private readonly long _start = Read(session, name);
    private long _given;

    public bool HasMoved => _given > 0;

    /// <summary>What <see cref="Next"/> will give.</summary>
    public long Upcoming => _start + _given + 1;

    public static long Read(SqliteSession session, string name)
    {
        using var select = session.Prepare("SELECT value FROM counter WHERE name = ?1").Bind(1, name);
        return select.Step() ? select.Int64(0) : throw new InvalidDataException($"The counter '{name}' is missing.");
    }

    public long Next() => _start + ++_given;

    public void Save()
    {
        if (!HasMoved)
            return;
        using var update = session.Prepare("UPDATE counter SET value = ?2 WHERE name = ?1").Bind(1, name).Bind(2, _start + _given);
        update.Run();
    }
}
