using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql;

namespace RepoPulse.ContractTests.Sqlite;

/// <summary>What clients ask for may take long: it is broken off when they have gone, and keeps nothing else waiting.</summary>
public sealed class SqliteQueryTests : SqliteTest
{
    private const string Endless = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT count(*) FROM number";

    [Fact]
    public async Task A_query_that_runs_is_broken_off_when_it_is_cancelled()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (query, started) = Ask(gone.Token);
        await started;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));

        // What runs on the same connections after it is not.
        await Store.AppendAsync(Sample.Event(1));
        for (var i = 0; i < 20; i++)
            Assert.Single(await Store.ReadHistoryAsync(Sample.Query()));
    }

    [Fact]
    public async Task Queries_that_wait_keep_neither_reads_nor_writes_of_the_service_waiting()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var queries = Enumerable.Range(0, 50).Select(_ => Ask(gone.Token)).ToList();
        await await Task.WhenAny(queries.Select(query => query.Started));

        await WithinAsync(Store.AppendAsync(Sample.Event(1)));
        Assert.Single((await WithinAsync(Store.FollowAsync(LogPosition.Start, includeJson: true))).Events);
        Assert.Single((await WithinAsync(Store.Catalog.ReadChangesAsync(0, Cancellation).AsTask())).Repositories);
        Assert.All(queries, query => Assert.False(query.Query.IsCompleted));

        await gone.CancelAsync();
        foreach (var (query, _) in queries)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));
    }

    /// <summary>Asks for what never ends.</summary>
    private (Task Query, Task Started) Ask(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var query = Database(Store).QueryAsync(Run, cancellationToken).AsTask();
        return (query, started.Task);

        long Run(SqlSession session)
        {
            using var statement = session.Prepare(Endless);
            started.SetResult();
            statement.Step();
            return statement.Int64(0);
        }
    }

    private static Task<T> WithinAsync<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
}
