using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.ContractTests.Postgres;

/// <summary>A schema of its own on a real server.</summary>
public sealed class PostgresStorage : StorageUnderTest
{
    private string? _connectionString;

    public static Store Open(PostgresOptions options, TimeProvider time) => new(new ServiceCollection()
        .AddSingleton(time)
        .AddPostgresStorage(options)
        .BuildServiceProvider(validateScopes: true));

    /// <summary>How to reach it.</summary>
    public async ValueTask<string> CreateAsync()
    {
        var server = await TestContext.Current.GetFixture<SharedPostgres>()
            ?? throw new InvalidOperationException("The assembly has no fixture for PostgreSQL.");
        return _connectionString ??= await server.CreateSchemaAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask<Store> OpenAsync(TimeProvider time) =>
        Open(new PostgresOptions { ConnectionString = await CreateAsync(), RetentionPeriod = TimeSpan.FromDays(7) }, time);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
