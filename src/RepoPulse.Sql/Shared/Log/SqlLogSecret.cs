namespace RepoPulse.Sql;

/// <summary>Made with the schema, so that there is one however many processes start at once.</summary>
internal sealed class SqlLogSecret(SqlDatabase database) : ILogSecret
{
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(Read, cancellationToken);

    private static ReadOnlyMemory<byte> Read(SqlSession session)
    {
        using var select = session.Prepare("SELECT value FROM log_secret");
        return select.Step() ? select.Blob(0).ToArray() : throw new InvalidDataException("The log's secret is missing.");
    }
}
