using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Sqlite;

public sealed class SqliteOpeningTests : SqliteTest
{
    [Fact]
    public async Task Opening_makes_the_file_and_may_be_repeated()
    {
        Assert.False(File.Exists(Storage.Path));
        await OpenDatabaseAsync(Store);
        await OpenDatabaseAsync(Store);
        await OpenDatabaseAsync(Open());
        Assert.True(File.Exists(Storage.Path));
    }

    [Fact]
    public async Task Processes_that_start_at_once_make_one_schema()
    {
        for (var round = 0; round < 10; round++)
        {
            var path = Path.Combine(Storage.Folder, $"round-{round}.db");
            var stores = Enumerable.Range(0, 4).Select(_ => Open($"Data Source={path}")).ToList();
            using var start = new Barrier(stores.Count);
            await Task.WhenAll(stores.Select((store, i) => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait(Cancellation);
                    await OpenDatabaseAsync(store);
                    await store.AppendAsync(Sample.Event(i));
                },
                Cancellation,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            Assert.Equal(4, (await stores[0].FollowAsync(LogPosition.Start)).Events.Count);
        }
    }

    [Fact]
    public async Task A_file_whose_making_was_interrupted_is_made_anew()
    {
        // As it stands before the scripts are committed: a header, and no table.
        using (var connection = Connect())
            Execute(connection, "PRAGMA journal_mode = WAL");
        await Store.AppendAsync(Sample.Event(1));
        using (var connection = Connect())
            Assert.Equal(2, Execute(connection, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_store_that_was_closed_says_so()
    {
        await OpenDatabaseAsync(Store);
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Database(Store).OpenAsync(Cancellation));
    }
}
