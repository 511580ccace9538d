using Npgsql;

namespace RepoPulse.TestServers.Postgres;

/// <summary>A database for one test; dropped when it is disposed of, even while others are connected.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private PostgresDatabase(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <param name="server">A connection string of a user who may create databases.</param>
    internal static async Task<PostgresDatabase> CreateAsync(string server, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(server, $"repopulse_test_{Guid.NewGuid():n}");
        await database.ExecuteAsync($"CREATE DATABASE {database._name} TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
        return database;
    }

    /// <summary>A connection string of a new, empty schema in this database.</summary>
    internal async Task<string> CreateSchemaAsync(CancellationToken cancellationToken)
    {
        var schema = $"test_{Guid.NewGuid():n}";
        await ExecuteAsync($"CREATE SCHEMA {schema}", cancellationToken, ConnectionString);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = schema }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault.InnerException is System.Net.Sockets.SocketException)
        {
            // The server is down already, and the database goes with its folder.
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString ?? _server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The name is made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
