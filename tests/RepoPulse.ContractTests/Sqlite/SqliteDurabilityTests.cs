using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Sqlite;

/// <summary>
/// What is in the files is what a power cut leaves: a copy of them, taken while they are open, is opened as if after one.
/// </summary>
public sealed class SqliteDurabilityTests : SqliteTest
{
    [Fact]
    public async Task What_an_append_acknowledged_is_in_the_files()
    {
        await Store.AppendAsync(Sample.Events(1, 100));
        var (events, _) = await CopyAndReadAsync();
        Assert.Equal(100, events.Count);
    }

    [Fact]
    public async Task An_append_that_was_cut_off_leaves_nothing()
    {
        await Store.AppendAsync(Sample.Events(1, 10));
        using var killed = Connect();
        // So small a cache that much of the transaction is in the log already.
        Execute(killed, "PRAGMA cache_size = 2");
        Execute(killed, "BEGIN IMMEDIATE");
        Execute(killed, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO event SELECT 1000 " +
            "+ i, i, i, 1, 1, 1 FROM n");
        Execute(killed, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO payload SELECT " +
            "1000 + i, 0, zeroblob(100) FROM n");
        Execute(killed, "UPDATE counter SET value = 6000 WHERE name = 'event'");
        Assert.True(new FileInfo(Storage.Path + "-wal").Length > 200_000);

        var (events, position) = await CopyAndReadAsync();
        Assert.Equal(10, events.Count);
        Assert.Equal(LogPosition.Of(10), position);
    }

    [Fact]
    public async Task Every_commit_is_flushed_to_the_disk()
    {
        const long Full = 2;
        Assert.Equal(Full, await Database(Store).WriteAsync(session => session.Scalar("PRAGMA synchronous"), Cancellation));
    }

    [Fact]
    public async Task Closed_the_database_is_one_file()
    {
        await Store.AppendAsync(Sample.Events(1, 100));
        await Store.FollowAsync(LogPosition.Start);
        await Store.DisposeAsync();
        Assert.Equal([Storage.Path], Directory.GetFiles(Storage.Folder));
    }

    [Fact]
    public async Task The_space_of_deleted_events_is_used_again()
    {
        long size = 0;
        for (var day = 0; day < 6; day++)
        {
            for (var i = 0; i < 4; i++)
                await Store.AppendAsync(
                    [.. Sample.Events(1 + (i * 1000), 1000).Select(e => Sample.Event(e.Key.Id.Value, e.Key.CreatedAt.AddDays(day)))]);
            while (await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(day - 1), Cancellation) > 0)
            {
            }

            var pages = await Database(Store).WriteAsync(session => session.Scalar("PRAGMA page_count"), Cancellation);
            if (day == 2)
                size = pages;
            Assert.True(day <= 2 || pages <= size * 1.05, $"{pages} pages on day {day}, {size} on day 2.");
        }
    }

    private async Task<(List<GitHubEvent> Events, LogPosition Position)> CopyAndReadAsync()
    {
        var copy = Path.Combine(Storage.Folder, "copy.db");
        File.Copy(Storage.Path, copy);
        File.Copy(Storage.Path + "-wal", copy + "-wal");
        return await Open($"Data Source={copy}").FollowAsync(LogPosition.Start, includeJson: true);
    }
}
