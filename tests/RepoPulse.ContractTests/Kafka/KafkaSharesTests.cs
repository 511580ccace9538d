using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Kafka;

public sealed class KafkaSharesTests : KafkaTest
{
    private static readonly FeedAddress[] Feeds = [.. Enumerable.Range(1, 30).Select(i => Sample.Feed($"acme/widget-{i}"))];

    [Fact]
    public async Task Collectors_share_the_feeds_and_one_that_leaves_leaves_its_feeds_to_the_others()
    {
        await Store.WatchList.RegisterAsync("here", Feeds, Time.GetUtcNow(), Cancellation);
        var (one, two) = (new Collector(this, Store), new Collector(this, new Store(Open())));
        await RenewUntilAsync(() => one.Held.Count > 0 && two.Held.Count > 0 && one.Held.Count + two.Held.Count == Feeds.Length, one, two);
        Assert.Empty(one.Held.Intersect(two.Held));

        var moved = two.Held.First();
        Assert.True(await two.Store.Feeds.SaveAsync(moved, new FeedCursor { Failures = 7 }, null, [], Cancellation));
        await two.Shares.ReleaseAsync(Cancellation);
        await RenewUntilAsync(() => one.Held.Count == Feeds.Length, one);
        Assert.Equal(7, (await one.Store.Feeds.ReadCursorAsync(moved, Cancellation)).Failures);
        Assert.False(await two.Store.Feeds.SaveAsync(moved, new FeedCursor { Failures = 8 }, null, [], Cancellation));
    }

    [Fact]
    public async Task Collectors_know_who_else_uses_a_token_and_what_it_waits_for()
    {
        var (one, two) = (new Collector(this, Store), new Collector(this, new Store(Open())));
        one.Tokens = [new TokenUse("shared", TimeSpan.FromMinutes(5)), new TokenUse("own", TimeSpan.Zero)];
        two.Tokens = [new TokenUse("shared", TimeSpan.Zero)];
        await RenewUntilAsync(() => two.Shared.Count > 0, one, two);
        var shared = Assert.Single(two.Shared);
        Assert.Equal(("shared", 2), (shared.Token, shared.Collectors));
        Assert.InRange(shared.Wait, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

        await one.Shares.ReleaseAsync(Cancellation);
        await RenewUntilAsync(() => two.Shared.Count == 0, two);
    }

    [Fact]
    public async Task A_feed_that_is_listed_or_struck_off_later_is_gained_or_lost()
    {
        await Store.WatchList.RegisterAsync("here", Feeds[..2], Time.GetUtcNow(), Cancellation);
        var one = new Collector(this, Store);
        await RenewUntilAsync(() => one.Held.Count == 2, one);
        await new Store(Open()).WatchList.RegisterAsync("here", Feeds[1..3], Time.GetUtcNow(), Cancellation);
        await RenewUntilAsync(() => one.Held.SetEquals(Feeds[1..3]), one);
    }

    private async Task RenewUntilAsync(Func<bool> isDone, params Collector[] collectors)
    {
        do
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var collector in collectors)
                await collector.RenewAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
        while (!isDone());
    }

    private sealed class Collector(KafkaSharesTests test, Store store)
    {
        public Store Store => store;

        public IFeedLeases Shares { get; } = store.Services.GetRequiredService<IFeedLeases>();

        public HashSet<FeedAddress> Held { get; } = [];

        public TokenUse[] Tokens { get; set; } = [];

        public IReadOnlyList<TokenReport> Shared { get; private set; } = [];

        public async Task RenewAsync()
        {
            var share = await Shares.RenewAsync(Tokens, test.Time.GetUtcNow(), Cancellation);
            Held.ExceptWith(share.Lost);
            Held.UnionWith(share.Gained.Select(feed => feed.Address));
            Shared = share.Tokens;
        }
    }
}
