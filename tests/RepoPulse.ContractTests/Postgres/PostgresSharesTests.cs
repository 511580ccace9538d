using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresSharesTests : PostgresTest
{
    private static readonly FeedAddress[] Ten = [.. Enumerable.Range(1, 10).Select(number => Sample.Feed($"acme/widget-{number}"))];

    [Fact]
    public async Task The_only_collector_has_every_watched_feed()
    {
        await WatchAsync("one", Ten);
        await Store.Feeds.SaveAsync(
            Ten[0], new FeedCursor { LastPolledAt = Sample.Noon, NextPollAt = Sample.Noon.AddMinutes(1), EventsPerHour = 2.5 }, null, [],
            Cancellation);
        var share = await RenewAsync(Store);
        Assert.Equal(Ten.Select(feed => feed.ToString()).Order(), share.Gained.Select(feed => feed.Address.ToString()).Order());
        Assert.Contains(
            new WatchedFeed(Ten[0]) { LastPolledAt = Sample.Noon, NextPollAt = Sample.Noon.AddMinutes(1), EventsPerHour = 2.5 },
            share.Gained);
        Assert.Equal(Sample.Noon.AddSeconds(12), share.HeldUntil);

        var again = await RenewAsync(Store);
        Assert.Empty(again.Gained);
        Assert.Empty(again.Lost);
    }

    [Fact]
    public async Task Collectors_share_evenly_and_no_feed_is_twos()
    {
        await WatchAsync("one", Ten);
        Collector[] collectors = [new(Store), new(Open()), new(Open())];
        for (var round = 0; round < 3; round++)
        {
            Time.Advance(TimeSpan.FromSeconds(9));
            foreach (var collector in collectors)
                collector.Take(await RenewAsync(collector.Store));
            var held = collectors.SelectMany(collector => collector.Feeds).ToList();
            Assert.Equal(held.Count, held.Distinct().Count());
        }

        Assert.Equal(Ten.ToHashSet(), [.. collectors.SelectMany(collector => collector.Feeds)]);
        Assert.All(collectors, collector => Assert.InRange(collector.Feeds.Count, 2, 4));

        // What is shared out evenly stays where it is: an ETag would be lost on the way.
        foreach (var collector in collectors)
        {
            var share = await RenewAsync(collector.Store);
            Assert.Empty(share.Gained);
            Assert.Empty(share.Lost);
        }
    }

    [Fact]
    public async Task The_feeds_of_a_dead_collector_are_taken_over_with_their_cursors()
    {
        await WatchAsync("one", Ten);
        var dead = Open();
        await RenewAsync(dead);
        Assert.True(await dead.Feeds.SaveAsync(Ten[3], new FeedCursor { Failures = 7, NextPollAt = Sample.Noon }, null, [], Cancellation));
        Assert.Empty((await RenewAsync(Store)).Gained);

        await ExpireAsync();
        var share = await RenewAsync(Store);
        Assert.Equal(10, share.Gained.Count);
        Assert.Equal(7, (await Store.Feeds.ReadCursorAsync(Ten[3], Cancellation)).Failures);
    }

    [Fact]
    public async Task Who_has_lost_a_feed_cannot_move_its_cursor()
    {
        await WatchAsync("one", Ten[0]);
        var slow = Open();
        await RenewAsync(slow);
        await ExpireAsync();
        // Nobody has taken it yet: then nothing is lost.
        Assert.True(await slow.Feeds.SaveAsync(Ten[0], new FeedCursor { Failures = 1 }, null, [], Cancellation));

        await RenewAsync(Store);
        Assert.True(await Store.Feeds.SaveAsync(Ten[0], new FeedCursor { Failures = 2 }, null, [], Cancellation));
        var proof = new SweepProof { From = Sample.Noon.AddDays(-1), To = Sample.Noon, Contiguous = false };
        Assert.False(await slow.Feeds.SaveAsync(Ten[0], new FeedCursor { Failures = 3 }, proof, [], Cancellation));
        Assert.Equal(2, (await Store.Feeds.ReadCursorAsync(Ten[0], Cancellation)).Failures);
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM coverage"));

        var share = await RenewAsync(slow);
        Assert.Equal([Ten[0]], share.Lost);
        Assert.Empty(share.Gained);
    }

    [Fact]
    public async Task Given_back_feeds_need_no_waiting()
    {
        await WatchAsync("one", Ten);
        var leaving = Open();
        await RenewAsync(leaving);
        await leaving.Services.GetRequiredService<IFeedLeases>().ReleaseAsync(Cancellation);
        Assert.Equal(10, (await RenewAsync(Store)).Gained.Count);
    }

    [Fact]
    public async Task Lists_of_all_collectors_are_shared_out_and_what_leaves_them_is_lost()
    {
        await WatchAsync("one", Ten[..3]);
        await WatchAsync("two", Ten[2..5]);
        Assert.Equal(5, (await RenewAsync(Store)).Gained.Count);

        await WatchAsync("two", Ten[4..6]);
        Time.Advance(TimeSpan.FromSeconds(9));
        var share = await RenewAsync(Store);
        Assert.Equal([Ten[5]], share.Gained.Select(feed => feed.Address));
        Assert.Equal([Ten[3]], share.Lost);
    }

    [Fact]
    public async Task A_wait_that_GitHub_asks_for_outlives_the_collector_that_was_asked()
    {
        await WatchAsync("one", Ten[0]);
        var dead = Open();
        await RenewAsync(dead, new TokenUse("a", TimeSpan.FromMinutes(10)), new TokenUse("b", TimeSpan.Zero));
        await ExpireAsync();

        var tokens = (await RenewAsync(Store, new TokenUse("a", TimeSpan.Zero), new TokenUse("b", TimeSpan.Zero))).Tokens;
        var waiting = Assert.Single(tokens);
        Assert.Equal(("a", 1), (waiting.Token, waiting.Collectors));
        Assert.InRange(waiting.Wait, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Collectors_know_how_many_use_a_token()
    {
        await RenewAsync(Open(), new TokenUse("a", TimeSpan.Zero));
        await RenewAsync(Open(), new TokenUse("a", TimeSpan.Zero), new TokenUse("b", TimeSpan.Zero));
        var tokens = (await RenewAsync(Store, new TokenUse("a", TimeSpan.Zero), new TokenUse("c", TimeSpan.Zero))).Tokens;
        Assert.Equal([new TokenReport("a", 3, TimeSpan.Zero)], tokens);
    }

    [Fact]
    public async Task The_feeds_of_a_collector_that_died_before_the_servers_clock_was_set_back_are_not_kept_from_the_others()
    {
        await WatchAsync("one", Ten);
        await RenewAsync(Open());
        await ExecuteAsync("UPDATE collector SET lease_until = lease_until + interval '1 hour'");
        Assert.Empty((await RenewAsync(Store)).Gained);

        Assert.Equal(
            0L, await ExecuteAsync("SELECT count(*) FROM collector WHERE lease_until > clock_timestamp() + interval '13 seconds'"));
    }

    [Fact]
    public async Task A_token_waits_for_no_longer_than_the_longest_wait_though_the_servers_clock_was_set_back()
    {
        await RenewAsync(Store, new TokenUse("a", TimeSpan.FromMinutes(10)));
        await ExecuteAsync("UPDATE token_wait SET wait_until = wait_until + interval '400 days'");

        Assert.InRange(
            Assert.Single((await RenewAsync(Store, new TokenUse("a", TimeSpan.Zero))).Tokens).Wait,
            TimeSpan.FromHours(23),
            TokenUse.MaxWait);
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM token_wait WHERE wait_until > clock_timestamp() + interval '1 day'"));
    }

    [Fact]
    public async Task A_collector_whose_clock_was_set_back_goes_on_dividing_the_feeds()
    {
        await WatchAsync("one", Ten[..3]);
        var shares = Store.Services.GetRequiredService<IFeedLeases>();
        Assert.Equal(3, (await shares.RenewAsync([], Time.GetUtcNow().AddHours(1), Cancellation)).Gained.Count);

        await WatchAsync("two", Ten[3..4]);
        Assert.Equal([Ten[3]], (await shares.RenewAsync([], Time.GetUtcNow(), Cancellation)).Gained.Select(feed => feed.Address));
    }

    private async Task<FeedLease> RenewAsync(Store store, params TokenUse[] tokens) =>
        await store.Services.GetRequiredService<IFeedLeases>().RenewAsync(tokens, Time.GetUtcNow(), Cancellation);

    private async Task WatchAsync(string collector, params FeedAddress[] feeds) =>
        await Store.WatchList.RegisterAsync(collector, feeds, Time.GetUtcNow(), Cancellation);

    /// <summary>Lets every lease run out.</summary>
    private async Task ExpireAsync() => await ExecuteAsync("UPDATE collector SET lease_until = clock_timestamp() - interval '1 second'");

    private sealed class Collector(Store store)
    {
        public Store Store => store;

        public HashSet<FeedAddress> Feeds { get; } = [];

        public void Take(FeedLease share)
        {
            Feeds.ExceptWith(share.Lost);
            Feeds.UnionWith(share.Gained.Select(feed => feed.Address));
        }
    }
}
