namespace RepoPulse.TestServers.Postgres;

/// <summary>
/// The server of a whole test run: the one that <c>REPOPULSE_TEST_POSTGRES</c> names, else one of its own, started when it is first needed.
/// An assembly fixture; <c>TestContext.Current.GetFixture</c> gives it to those who cannot have it injected.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private LocalPostgres? _own;
    private PostgresDatabase? _common;

    private static string? Named => Environment.GetEnvironmentVariable("REPOPULSE_TEST_POSTGRES") is { Length: > 0 } named ? named : null;

    /// <summary>A new, empty database. Where no server can be had the test is skipped, in CI it fails.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) =>
        await PostgresDatabase.CreateAsync(Named ?? (await StartOwnAsync(cancellationToken)).ConnectionString, cancellationToken);

    /// <summary>
    /// A connection string of a new, empty schema in a database that tests have in common: much sooner had than a database. Advisory locks
    /// and notifications are a database's, so tests may keep each other waiting there.
    /// </summary>
    public async Task<string> CreateSchemaAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _common ??= await PostgresDatabase.CreateAsync(
                Named ?? (await OwnAsync(cancellationToken)).ConnectionString, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        return await _common.CreateSchemaAsync(cancellationToken);
    }

    /// <summary>
    /// A server of the test's own, for it to restart and to kill. Where none is installed the test is skipped, in CI it fails.
    /// </summary>
    public static async Task<LocalPostgres> StartAnotherAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if (PostgresInstallation.Find() is null)
            Requirement.IsMissing(LocalPostgres.HowToGetOne);
        return await LocalPostgres.StartNewAsync(options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_common is not null)
            await _common.DisposeAsync();
        if (_own is not null)
            await _own.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<LocalPostgres> StartOwnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await OwnAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Many tests at once, each with several pools, and none of them outlives a power cut.
    private async Task<LocalPostgres> OwnAsync(CancellationToken cancellationToken) =>
        _own ??= await StartAnotherAsync(new() { MaxConnections = 400, Fsync = false }, cancellationToken);
}
