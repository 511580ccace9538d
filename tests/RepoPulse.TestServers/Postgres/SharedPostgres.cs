namespace RepoPulse.TestServers.Postgres;

/// <summary>
/// The server of a whole test run: the one that <c>REPOPULSE_TEST_POSTGRES</c> names, else one of its own, started when it is first needed. An
/// assembly fixture; <c>TestContext.Current.GetFixture</c> gives it to those who cannot have it injected.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private PostgresServer? _own;

    private static string? Named => Environment.GetEnvironmentVariable("REPOPULSE_TEST_POSTGRES") is { Length: > 0 } named ? named : null;

    /// <summary>A new, empty database. Where no server can be had the test is skipped, in CI it fails.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) =>
        await PostgresDatabase.CreateAsync(Named ?? (await OwnAsync(cancellationToken)).ConnectionString, cancellationToken);

    /// <summary>A server of the test's own, for it to restart and to kill. Where none is installed the test is skipped, in CI it fails.</summary>
    public static async Task<PostgresServer> StartAnotherAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if (PostgresInstallation.Find() is null)
            Requirement.IsMissing(PostgresServer.HowToGetOne);
        return await PostgresServer.StartNewAsync(options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<PostgresServer> OwnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Many tests at once, each with several pools, and none of them outlives a power cut.
            return _own ??= await StartAnotherAsync(new() { MaxConnections = 400, Fsync = false }, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
