namespace RepoPulse.Sql;

internal sealed class SqlEventArchive(SqlDatabase database, SqlEventLogWriter log) : IEventArchive
{
    public ValueTask<long?> ReadNextAsync(int partition, CancellationToken cancellationToken) => database.ReadAsync<long?>(
        session =>
        {
            using var select = session.Prepare("SELECT next_offset FROM archived_partition WHERE number = ?1");
            return select.Bind(1, partition).Step() ? select.Int64(0) : null;
        },
        cancellationToken);

    public ValueTask<AppendResult?> AppendAsync(
        int partition, long? from, long next, IReadOnlyList<ArchivedRun> runs, CancellationToken cancellationToken) =>
        log.AppendAsync(runs, session => Advance(session, partition, from, next), cancellationToken);

    /// <summary>
    /// False where the copy stands elsewhere. The row is held to the end of the transaction: another archiver at the same place waits here,
    /// and then finds that it is too late.
    /// </summary>
    private static bool Advance(SqlSession session, int partition, long? from, long next)
    {
        using var advance = session.Prepare(from is null
            ? "INSERT INTO archived_partition (number, next_offset) VALUES (?1, ?2) ON CONFLICT (number) DO NOTHING"
            : "UPDATE archived_partition SET next_offset = ?2 WHERE number = ?1 AND next_offset = ?3");
        advance.Bind(1, partition).Bind(2, next);
        if (from is not null)
            advance.Bind(3, from);
        return advance.Run() == 1;
    }
}
