namespace RepoPulse.Sql.Sqlite;

/// <summary>
/// A row of the table of counters: read once, counted in memory, written back once. The file's one write lock keeps it from others.
/// </summary>
internal sealed class SqliteCounter(SqliteSession session, SqlNumbers numbers) : SqlCounter
{
    private readonly long _start = Read(session, numbers);
    private long _given;

    public override bool HasMoved => _given > 0;

    public override long Upcoming => _start + _given + 1;

    public static long Read(SqliteSession session, SqlNumbers numbers)
    {
        var name = NameOf(numbers);
        using var select = session.Prepare("SELECT value FROM counter WHERE name = ?1");
        select.Bind(1, name);
        return select.Step() ? select.Int64(0) : throw new InvalidDataException($"The counter '{name}' is missing.");
    }

    public override long Next() => _start + ++_given;

    public override void Save()
    {
        if (!HasMoved)
            return;
        using var update = session.Prepare("UPDATE counter SET value = ?2 WHERE name = ?1");
        update.Bind(1, NameOf(numbers)).Bind(2, _start + _given).Run();
    }

    private static string NameOf(SqlNumbers numbers) => numbers == SqlNumbers.Events ? "event" : "catalog";
}
