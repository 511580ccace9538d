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

    /// <summary>It may hold events of private repositories.</summary>
    [Fact]
    public async Task The_file_and_its_companions_belong_to_their_owner_alone()
    {
        await OpenDatabaseAsync(Store);
        await Store.AppendAsync(Sample.Event(1));
        var files = Directory.GetFiles(Storage.Folder, Path.GetFileName(Storage.Path) + "*");
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("Host=db;Database=repopulse;Username=me;Password=hunter2-secret")]
    [InlineData("Data Source=:memory:;Password=hunter2-secret")]
    [InlineData("hunter2-secret")]
    public async Task A_connection_string_that_is_wrong_is_never_shown(string connectionString)
    {
        var error = await Assert.ThrowsAsync<StorageException>(async () => await OpenDatabaseAsync(Open(connectionString)));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Storage:Provider=Postgres", error.Message, StringComparison.Ordinal);
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
    public async Task A_file_whose_making_was_interrupted_is_made_again()
    {
        // As it stands before the scripts are committed: a header, and no table.
        using (var connection = Connect())
            Execute(connection, "PRAGMA journal_mode = WAL");
        await Store.AppendAsync(Sample.Event(1));
        using (var connection = Connect())
            Assert.True(Execute(connection, "PRAGMA user_version") > 0);
    }

    [Fact]
    public async Task A_store_that_was_closed_says_so()
    {
        await OpenDatabaseAsync(Store);
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Database(Store).OpenAsync(Cancellation));
    }
}
