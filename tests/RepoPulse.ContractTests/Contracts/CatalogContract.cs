using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>What the catalog reports about the names that events have, and how it is read.</summary>
public abstract class CatalogContract(StorageUnderTest storage) : CatalogChangesContract(storage)
{
    [Fact]
    public async Task It_is_empty_at_first()
    {
        var changes = await Store.Catalog.ReadChangesAsync(0, Cancellation);
        Assert.Empty(changes.Repositories);
    }

    [Fact]
    public async Task An_imported_repository_is_there_and_not_watched()
    {
        await Store.AppendAsync(Sample.Event(1, name: "acme/widget"), Sample.Event(2, name: "acme/widget"));
        var repository = await SingleChangeAsync();
        Assert.Equal((1, "acme/widget", RepositoryState.Unwatched), (repository.Id.Value, repository.Name.FullName, repository.State));
        Assert.Equal(Sample.Noon.AddSeconds(2), repository.LastEventAt);
        Assert.Equal([new NameObservation(RepositoryName.Parse("acme/widget"), Sample.Noon.AddSeconds(2))], repository.Names);
        Assert.Null(repository.LastPolledAt);
        Assert.Empty(repository.Coverage.Intervals);
    }

    [Fact]
    public async Task Events_under_the_known_name_change_nothing()
    {
        await Store.AppendAsync(Sample.Event(1, name: "acme/widget"));
        await SingleChangeAsync();
        await Store.AppendAsync(Sample.Event(2, name: "acme/widget"), Sample.Event(0, name: "acme/widget"));
        Assert.Empty(await ChangesAsync());
    }

    [Fact]
    public async Task The_present_name_is_the_one_last_seen_by_time_not_by_arrival()
    {
        await Store.AppendAsync(Sample.Event(20, name: "acme/new"));
        Assert.Equal("acme/new", (await SingleChangeAsync()).Name.FullName);

        await Store.AppendAsync(Sample.Event(10, name: "acme/old"), Sample.Event(5, name: "acme/oldest"));
        Assert.Equal(["acme/new", "acme/old", "acme/oldest"], (await SingleChangeAsync()).Names.Select(seen => seen.Name.FullName));

        await Store.AppendAsync(Sample.Event(30, name: "acme/OLD"));
        Assert.Equal(["acme/OLD", "acme/new", "acme/oldest"], (await SingleChangeAsync()).Names.Select(seen => seen.Name.FullName));

        // What is older than the last observation moves nothing, under whichever name.
        await Store.AppendAsync(Sample.Event(7, name: "acme/OLD"), Sample.Event(8, name: "acme/new"));
        Assert.Empty(await ChangesAsync());
        var names = Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories).Names;
        Assert.Equal([30, 20, 5], names.Select(seen => (seen.LastSeenAt - Sample.Noon).TotalSeconds));
        Assert.Equal(
            Storage.RemembersNames ? "acme/new" : "acme/OLD", (await Store.FollowAsync(LogPosition.Start)).Events[0].Repository.FullName);
    }

    [Fact]
    public async Task A_name_that_two_repositories_bore_is_reported_for_both_with_its_times()
    {
        await Store.AppendAsync(Sample.Event(1, repository: 1, name: "acme/widget"), Sample.Event(2, repository: 2, name: "acme/widget"));
        var changes = await ChangesAsync();
        Assert.Equal([1, 2], changes.Select(repository => repository.Id.Value).Order());
        Assert.All(changes, repository => Assert.Equal(Sample.Noon.AddSeconds(repository.Id.Value), repository.Names[0].LastSeenAt));
    }

    [Fact]
    public async Task A_reader_of_each_change_ends_where_a_reader_of_everything_does()
    {
        await Store.AppendAsync(Sample.Events(1, 20));
        await ChangesAsync();
        await WatchAsync(Widget, Sample.Feed("acme/widget-2"), Acme);
        await Store.AppendAsync(Sample.Events(100, 20, repositories: 5));
        var followed = (await ChangesAsync()).ToDictionary(repository => repository.Name, repository => repository.State);
        var all = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories.ToDictionary(
            repository => repository.Name, repository => repository.State);
        Assert.Equal(6, all.Count);
        Assert.All(all, pair => Assert.Equal(pair.Value, followed[pair.Key]));
    }

    [Fact]
    public async Task Waiting_ends_with_a_change_of_this_process_though_the_clock_stands_still()
    {
        // Opened before, so that the first look is over once the call returns, and only a signal or the clock can end the wait.
        await ChangesAsync();
        var wait = Store.Catalog.WaitForChangesAsync(0, Cancellation).AsTask();
        Assert.False(wait.IsCompleted);
        await Store.AppendAsync(Sample.Event(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Waiting_ends_within_a_second_of_a_change_of_another_process()
    {
        var other = await OpenAnotherAsync();
        // Opened before, so that the first look is over once the call returns, and only a signal or the clock can end the wait.
        await ChangesAsync();
        var wait = Store.Catalog.WaitForChangesAsync(0, Cancellation).AsTask();
        await other.AppendAsync(Sample.Event(1));
        Time.Advance(TimeSpan.FromSeconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
