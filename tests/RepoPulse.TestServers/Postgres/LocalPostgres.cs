using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace RepoPulse.TestServers.Postgres;

/// <summary>
/// A PostgreSQL server of its own, on 127.0.0.1 and in a temporary folder, which the caller may restart, stop and kill. It ends when it is
/// disposed of, and also when this process ends without that.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly ServerSupervisor _supervisor;

    private LocalPostgres(ServerSupervisor supervisor, int port)
    {
        _supervisor = supervisor;
        Port = port;
    }

    public static string HowToGetOne { get; } =
        "No PostgreSQL server is installed. Install one (on Debian and Ubuntu: apt-get install postgresql), or name a running one in " +
        "REPOPULSE_TEST_POSTGRES.";

    /// <summary>The same over every restart.</summary>
    public int Port { get; }

    /// <summary>To the database <c>postgres</c>, as a user who may do everything.</summary>
    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres");

    /// <summary>Makes a server and waits until it responds.</summary>
    /// <exception cref="InvalidOperationException">None is installed, or it did not start; the message says what it logged.</exception>
    public static async Task<LocalPostgres> StartNewAsync(
        PostgresServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = await CreateAsync(options, cancellationToken);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a server that does not run yet.</summary>
    public static async Task<LocalPostgres> CreateAsync(
        PostgresServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var installation = PostgresInstallation.Find() ?? throw new InvalidOperationException(HowToGetOne);
        var port = FreePorts.Find();
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            string.Create(CultureInfo.InvariantCulture, $"max_connections={options.MaxConnections}"),
            $"fsync={(options.Fsync ? "on" : "off")}",
            .. options.Settings,
        ];
        string[] arguments = [installation.Programs, .. settings.SelectMany(setting => (string[])["-c", setting])];
        // It refuses to run as root.
        return new(await ServerSupervisor.StartAsync("Postgres", user: "postgres", arguments, cancellationToken), port);
    }

    /// <summary>Starts it where it does not run, and waits until it responds.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _supervisor.OrderAsync("start", cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
                throw new InvalidOperationException($"PostgreSQL does not answer:\n{await ReadLogAsync(cancellationToken)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <param name="immediate">Every connection is cut and the log is replayed at the start, as after a crash; else what is open is rolled
    /// back first.</param>
    public async Task RestartAsync(bool immediate, CancellationToken cancellationToken = default)
    {
        await StopAsync(immediate, cancellationToken);
        await StartAsync(cancellationToken);
    }

    public Task StopAsync(bool immediate = false, CancellationToken cancellationToken = default) =>
        _supervisor.OrderAsync(immediate ? "QUIT" : "INT", cancellationToken);

    /// <summary>SIGKILL to the server's first process; the others end when they notice.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => _supervisor.OrderAsync("KILL", cancellationToken);

    /// <summary>A new, empty database.</summary>
    public Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) =>
        PostgresDatabase.CreateAsync(ConnectionString, cancellationToken);

    /// <summary>What the server said.</summary>
    public async Task<string> ReadLogAsync(CancellationToken cancellationToken = default) =>
        await File.ReadAllTextAsync(Path.Combine(_supervisor.Folder, "log"), cancellationToken);

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException fault) when (fault.IsTransient || fault.InnerException is SocketException)
        {
            return false;
        }
    }
}
