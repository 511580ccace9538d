using RepoPulse.TestServers.Postgres;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>One database of a PostgreSQL server: of the run's, unless another is given.</summary>
internal sealed class PostgresStore(LocalPostgres? server = null) : IStore
{
    private PostgresDatabase? _database;

    public async Task<string[]> SettingsAsync(string command)
    {
        _database ??= server is not null
            ? await server.CreateDatabaseAsync(TestContext.Current.CancellationToken)
            : await (await TestContext.Current.GetFixture<SharedPostgres>())!.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        return ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={_database.ConnectionString}"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
