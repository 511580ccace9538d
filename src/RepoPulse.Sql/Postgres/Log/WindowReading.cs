using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Sql.Postgres;

/// <summary>A statement whose rows are read as they come, in the order of their keys.</summary>
internal sealed class WindowReading : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;

    private WindowReading(PostgresDatabase database, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader) =>
        (_database, _connection, _command, _reader) = (database, connection, command, reader);

    /// <summary>Begins after a key.</summary>
    /// <exception cref="StorageException">The server cannot be reached or read.</exception>
    public static async ValueTask<WindowReading> BeginAsync(
        PostgresDatabase database, long time, long id, int limit, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken);
        // The time on its own as well, because only that lets the server know which parts to leave out.
        var command = new NpgsqlCommand(
            $"""
            SELECT created_at, event_id, repository_id, type_id FROM event
            WHERE created_at >= $1 AND (created_at, event_id) > ($1, $2) AND {PostgresDialect.Held}
            ORDER BY created_at, event_id LIMIT $3
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = time });
        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = limit });
        try
        {
            return new WindowReading(database, connection, command, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch (Exception e)
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
            if (PostgresErrors.IsStorageError(e))
                throw database.Describe(e);
            throw;
        }
    }

    /// <summary>The next rows; none at the end.</summary>
    /// <exception cref="StorageException">The server cannot be reached or read.</exception>
    public async ValueTask<List<WindowRow>> ReadAsync(int maxRows, CancellationToken cancellationToken)
    {
        var rows = new List<WindowRow>();
        try
        {
            while (rows.Count < maxRows && await _reader.ReadAsync(cancellationToken))
                rows.Add(new WindowRow(_reader.GetInt64(0), _reader.GetInt64(1), _reader.GetInt64(2), _reader.GetInt32(3)));
        }
        catch (Exception e) when (PostgresErrors.IsStorageError(e))
        {
            throw _database.Describe(e);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

/// <summary>What a fold needs of an event.</summary>
internal readonly record struct WindowRow(long CreatedAt, long EventId, long RepositoryId, int TypeId);
