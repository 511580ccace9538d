using Npgsql;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresListenerTests : PostgresTest
{
    [Fact]
    public async Task An_append_of_another_process_wakes_a_reader_though_the_clock_stands_still()
    {
        var wait = Store.Reader.WaitForEventsAsync(LogPosition.Start, Cancellation).AsTask();
        await UntilAsync(() => Database(Store).IsListening);
        await Open().AppendAsync(Sample.Event(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task A_change_of_the_catalog_by_another_process_wakes_a_reader_though_the_clock_stands_still()
    {
        var version = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Version;
        var wait = Store.Catalog.WaitForChangesAsync(version, Cancellation).AsTask();
        await UntilAsync(() => Database(Store).IsListening);
        await Open().WatchList.RegisterAsync("there", [Sample.Feed("acme/widget")], Sample.Noon, Cancellation);
        await wait.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task A_lost_listener_is_noticed_changes_are_looked_for_and_it_comes_back()
    {
        var name = $"listens-{Guid.NewGuid():n}";
        var store = Open(new PostgresOptions
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = name }.ConnectionString
        });
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = store.Reader.WaitForEventsAsync(LogPosition.Start, first.Token).AsTask();
        await UntilAsync(() => Database(store).IsListening);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1L, await ExecuteAsync(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND application_name = '{name}'"));
        await UntilAsync(() => !Database(store).IsListening);

        // The clock stands still, so it has not connected again: the look every 200 ms finds the append.
        var wait = store.Reader.WaitForEventsAsync(LogPosition.Start, Cancellation).AsTask();
        await Open().AppendAsync(Sample.Event(1));
        await UntilAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(200));
            return wait.IsCompleted;
        });

        await UntilAsync(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return Database(store).IsListening;
        });
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
