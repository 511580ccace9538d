using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Sql.Postgres;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.Benchmarks.Postgres;

/// <summary>The event log in a new database of a server.</summary>
internal sealed class PostgresLog : IAsyncDisposable
{
    private readonly TestServers.Postgres.PostgresDatabase _database;
    private readonly ServiceProvider _services;

    private PostgresLog(TestServers.Postgres.PostgresDatabase database)
    {
        _database = database;
        _services = new ServiceCollection()
            .AddPostgresStorage(new() { ConnectionString = database.ConnectionString })
            .BuildServiceProvider();
    }

    public string ConnectionString => _database.ConnectionString;

    /// <summary>The options that name it.</summary>
    public string[] Settings => ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={ConnectionString}"];

    public IEventLogWriter Writer => _services.GetRequiredService<IEventLogWriter>();

    public static async Task<PostgresLog> CreateAsync(LocalPostgres server, CancellationToken cancellationToken) =>
        new(await server.CreateDatabaseAsync(cancellationToken));

    /// <param name="atOnce">How many batches are under way at a time, as polls are.</param>
    public Task AppendAsync(IEnumerable<GitHubEvent> events, int batchSize, CancellationToken cancellationToken, int atOnce = 1) =>
        Parallel.ForEachAsync(
        events.Chunk(batchSize),
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
        async (batch, token) =>
        {
            var result = await Writer.AppendAsync(batch, EventSource.Import, token);
            if (result.Appended != batch.Length)
                throw new InvalidOperationException($"{result.Appended} of {batch.Length} new events were appended.");
        });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
