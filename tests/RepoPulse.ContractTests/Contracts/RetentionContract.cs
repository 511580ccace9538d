using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class RetentionContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task Only_what_is_older_than_the_cutoff_goes()
    {
        await Store.AppendAsync(Sample.Events(1, 10, repositories: 1));
        Assert.Equal(4, await DeleteAllAsync(Sample.Noon.AddSeconds(5)));

        Assert.Equal([5, 6, 7, 8, 9, 10], (await Store.FollowAsync(LogPosition.Start)).Events.Ids());
        Assert.Equal([10, 9, 8, 7, 6, 5], (await Store.ReadHistoryAsync(Sample.Query())).Ids());
        Assert.Equal([5, 6, 7, 8, 9, 10], (await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events.Ids());
    }

    [Fact]
    public async Task Nothing_to_delete_is_no_step() =>
        Assert.Equal(0, await Store.Retention.DeleteStepAsync(Sample.Noon, Cancellation));

    [Fact]
    public async Task Much_goes_as_well()
    {
        for (var i = 0; i < 12; i++)
            await Store.AppendAsync(Sample.Events(1 + (i * 1000), 1000));
        Assert.Equal(12_000, await DeleteAllAsync(Sample.Noon.AddDays(1)));
        Assert.Empty((await Store.ReadSinceAsync(DateTimeOffset.MinValue)).Events);
    }

    [Fact]
    public async Task A_reader_that_stood_among_the_deleted_goes_on_with_what_is_left()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        var position = (await Store.Reader.ReadAsync(LogPosition.Start, 3, Cancellation)).Position;
        await DeleteAllAsync(Sample.Noon.AddDays(1));
        await Store.AppendAsync(Sample.Events(100, 2));
        Assert.Equal([100, 101], (await Store.FollowAsync(position)).Events.Ids());
    }

    [Fact]
    public async Task A_reader_whose_events_were_all_deleted_waits_for_new_ones()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        await DeleteAllAsync(Sample.Noon.AddDays(1));
        var (events, position) = await Store.FollowAsync(LogPosition.Start);
        Assert.Empty(events);
        var wait = Store.Reader.WaitForEventsAsync(position, Cancellation).AsTask();
        Assert.False(wait.IsCompleted);
        await Store.AppendAsync(Sample.Event(6));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal([6], (await Store.FollowAsync(position)).Events.Ids());
    }

    [Fact]
    public async Task A_position_never_comes_again_after_the_newest_was_deleted_and_the_store_reopened()
    {
        await Store.AppendAsync(Sample.Events(1, 5));
        var (_, end) = await Store.FollowAsync(LogPosition.Start);
        await DeleteAllAsync(Sample.Noon.AddDays(1));
        await RestartAsync();

        await Store.AppendAsync(Sample.Events(100, 5));
        Assert.Equal([100, 101, 102, 103, 104], (await Store.FollowAsync(end)).Events.Ids());
    }

    [Fact]
    public async Task A_deleted_event_may_come_again()
    {
        var e = Sample.Event(1);
        await Store.AppendAsync(e);
        await DeleteAllAsync(Sample.Noon.AddDays(1));
        Assert.Equal(new AppendResult(1, 0), await Store.AppendAsync(e));
    }

    [Fact]
    public async Task Names_lists_cursors_and_coverage_stay()
    {
        var feed = Sample.Feed("acme/widget");
        await Store.WatchList.RegisterAsync("here", [feed], Sample.Noon, Cancellation);
        await Store.AppendAsync(Sample.Event(1, name: "acme/old-widget"), Sample.Event(2, name: "acme/widget"));
        var proof = new SweepProof { From = Sample.Noon.AddDays(-30), To = Sample.Noon, Contiguous = false };
        var cursor = new FeedCursor { RepositoryId = new RepositoryId(1), Known = [Sample.Event(1).Key] };
        await Store.Feeds.SaveAsync(feed, cursor, proof, [], Cancellation);
        await DeleteAllAsync(Sample.Noon.AddDays(1));

        var repository = Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories);
        Assert.Equal(["acme/widget", "acme/old-widget"], repository.Names.Select(seen => seen.Name.FullName));
        Assert.Null(repository.LastEventAt);
        Assert.Equal(proof.From, repository.Coverage.CompleteSince);
        Assert.Equal(cursor.Known, (await Store.Feeds.ReadCursorAsync(feed, Cancellation)).Known);
    }

    [Fact]
    public async Task Appends_go_on_beside_it()
    {
        await Store.AppendAsync(Sample.Events(1, 5_000));
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                await Store.AppendAsync(Sample.Event(100_000 + i, Sample.Noon.AddDays(10)));
        });
        Assert.Equal(5_000, await DeleteAllAsync(Sample.Noon.AddDays(1)));
        await appending.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(50, (await Store.FollowAsync(LogPosition.Start)).Events.Count);
    }

    protected async Task<int> DeleteAllAsync(DateTimeOffset cutoff)
    {
        var deleted = 0;
        while (await Store.Retention.DeleteStepAsync(cutoff, Cancellation) is > 0 and var step)
            deleted += step;
        return deleted;
    }
}
