using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>
/// What appending is held against: binary COPY of the very rows that the log stored, into a plain table of the same columns.
/// </summary>
internal sealed class PlainCopy(string connectionString)
{
    /// <summary>In the order in which they were stored.</summary>
    public async Task<List<StoredRow>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var select = new NpgsqlCommand(
            "SELECT seq, created_at, event_id, repository_id, type_id, source, dictionary, json FROM event ORDER BY seq", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.GetInt32(4), reader.GetInt16(5), reader.GetInt32(6), reader.GetFieldValue<byte[]>(7)));
        }

        return rows;
    }

    /// <summary>A table like that of events, in one part.</summary>
    public async Task MakeTableAsync(bool withIndexes, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var including = withIndexes ? "INCLUDING INDEXES" : "";
#pragma warning disable CA2100 // One of two constants.
        await using var create = new NpgsqlCommand(
            $"DROP TABLE IF EXISTS copied; CREATE TABLE copied (LIKE event INCLUDING STORAGE {including})", connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Each batch durable before the next.</summary>
    public async Task CopyAsync(IEnumerable<StoredRow> rows, int batchSize, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var batch in rows.Chunk(batchSize))
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "COPY copied (seq, created_at, event_id, repository_id, type_id, source, dictionary, json) FROM STDIN (FORMAT binary)",
                cancellationToken);
            foreach (var row in batch)
                Write(copy, row);
            await copy.CompleteAsync(cancellationToken);
        }
    }

    // The calls that wait for nothing until a buffer is full: one task for each value would be the client's cost, not COPY's.
    private static void Write(NpgsqlBinaryImporter copy, StoredRow row)
    {
        copy.StartRow();
        copy.Write(row.Number, NpgsqlDbType.Bigint);
        copy.Write(row.CreatedAt, NpgsqlDbType.Bigint);
        copy.Write(row.EventId, NpgsqlDbType.Bigint);
        copy.Write(row.RepositoryId, NpgsqlDbType.Bigint);
        copy.Write(row.TypeId, NpgsqlDbType.Integer);
        copy.Write(row.Source, NpgsqlDbType.Smallint);
        copy.Write(row.Dictionary, NpgsqlDbType.Integer);
        copy.Write(row.Json, NpgsqlDbType.Bytea);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
