using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class WatchListContract(StorageUnderTest storage) : StorageContract(storage)
{
    [Fact]
    public async Task Nothing_is_watched_at_first() =>
        Assert.Empty(await ReadAsync(Sample.Noon));

    [Fact]
    public async Task A_list_takes_the_place_of_the_one_before()
    {
        await RegisterAsync("here", Sample.Noon, "acme/a", "acme/b");
        await RegisterAsync("here", Sample.Noon, "acme/b", "acme/c");
        Assert.Equal(["repos/acme/b", "repos/acme/c"], await ReadAsync(Sample.Noon));
        await RegisterAsync("here", Sample.Noon);
        Assert.Empty(await ReadAsync(Sample.Noon));
    }

    [Fact]
    public async Task Watched_is_the_union_of_all_lists_each_feed_once()
    {
        await RegisterAsync("here", Sample.Noon, "acme/a", "acme/b");
        var other = await OpenAnotherAsync();
        await other.WatchList.RegisterAsync(
            "there", [Sample.Feed("Acme/B"), FeedAddress.OfOrganization("globex")], Sample.Noon, Cancellation);

        Assert.Equal(
            ["orgs/globex", "repos/acme/a", "repos/acme/b"], (await ReadAsync(Sample.Noon)).Select(feed => feed.ToLowerInvariant()));

        await RegisterAsync("here", Sample.Noon);
        Assert.Equal(["orgs/globex", "repos/acme/b"], (await ReadAsync(Sample.Noon)).Select(feed => feed.ToLowerInvariant()));
    }

    [Fact]
    public async Task A_feed_named_twice_is_on_the_list_once()
    {
        await RegisterAsync("here", Sample.Noon, "acme/a", "ACME/A");
        Assert.Single(await ReadAsync(Sample.Noon));
    }

    [Fact]
    public async Task A_list_lapses_a_day_after_its_last_registration()
    {
        await RegisterAsync("here", Sample.Noon, "acme/a");
        await RegisterAsync("there", Sample.Noon.AddHours(1), "acme/b");

        Assert.Equal(2, (await ReadAsync(Sample.Noon.AddDays(1).AddSeconds(-1))).Count);
        Assert.Equal(["repos/acme/b"], await ReadAsync(Sample.Noon.AddDays(1)));
        Assert.Empty(await ReadAsync(Sample.Noon.AddDays(1).AddHours(1)));

        await RegisterAsync("here", Sample.Noon.AddDays(1), "acme/a");
        Assert.Equal(["repos/acme/a"], await ReadAsync(Sample.Noon.AddDays(2).AddSeconds(-1)));
    }

    [Fact]
    public async Task A_list_that_a_clock_far_ahead_has_registered_lapses_a_day_after_another_was_registered()
    {
        await RegisterAsync("ahead", Sample.Noon.AddDays(400), "acme/a");
        await RegisterAsync("here", Sample.Noon, "acme/b");
        Assert.Equal(["repos/acme/a", "repos/acme/b"], await ReadAsync(Sample.Noon));

        await RegisterAsync("here", Sample.Noon.AddHours(1), "acme/b");
        Assert.Equal(["repos/acme/b"], await ReadAsync(Sample.Noon.AddDays(1)));
    }

    [Fact]
    public async Task Clocks_that_differ_by_minutes_do_each_other_no_harm()
    {
        await RegisterAsync("fast", Sample.Noon.AddMinutes(5), "acme/a");
        await RegisterAsync("here", Sample.Noon, "acme/b");
        await RegisterAsync("slow", Sample.Noon.AddMinutes(-5), "acme/c");

        foreach (var minutes in (int[])[-5, 0, 5])
            Assert.Equal(3, (await ReadAsync(Sample.Noon.AddMinutes(minutes))).Count);
        Assert.Equal(3, (await ReadAsync(Sample.Noon.AddDays(1).AddMinutes(-6))).Count);
    }

    private async Task RegisterAsync(string collector, DateTimeOffset now, params string[] repositories) =>
        await Store.WatchList.RegisterAsync(collector, [.. repositories.Select(Sample.Feed)], now, Cancellation);

    private async Task<List<string>> ReadAsync(DateTimeOffset now) =>
        [.. (await Store.Feeds.ReadWatchedAsync(now, Cancellation))
            .Select(feed => feed.Address.ToString())
            .Order(StringComparer.OrdinalIgnoreCase)];
}
