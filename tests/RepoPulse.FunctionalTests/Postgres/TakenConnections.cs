using Npgsql;

namespace RepoPulse.FunctionalTests.Postgres;

/// <summary>Every connection that a server allows, held by somebody else until it is disposed of.</summary>
internal sealed class TakenConnections : IAsyncDisposable
{
    private const string OfOthers = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'taken'";

    private readonly List<NpgsqlConnection> _connections = [];

    public static async Task<TakenConnections> TakeAllAsync(string server, CancellationToken cancellationToken)
    {
        var taken = new TakenConnections();
        while (!await taken.TakeAsync(server, cancellationToken))
        {
        }

        // Those that others had are cut and taken too, though they try again and may be quicker.
        while (await taken.ExecuteAsync($"SELECT count(pg_terminate_backend(pid)) {OfOthers}", cancellationToken) > 0)
        {
            while (!await taken.TakeAsync(server, cancellationToken))
            {
            }
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }

    /// <returns>Whether the server has no more.</returns>
    private async Task<bool> TakeAsync(string server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection($"{server};Pooling=false;Application Name=taken");
        try
        {
            await connection.OpenAsync(cancellationToken);
            _connections.Add(connection);
            return false;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await connection.DisposeAsync();
            return true;
        }
    }

    private async Task<long> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // A constant.
        await using var command = new NpgsqlCommand(sql, _connections[0]);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
