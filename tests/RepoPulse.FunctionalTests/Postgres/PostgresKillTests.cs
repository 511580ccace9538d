using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Postgres;

public sealed class PostgresKillTests : PostgresServicesTest
{
    private static readonly TimeSpan TakeoverLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_service_is_killed_in_turn_while_events_flow_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        SimulatedActivity.Start();
        foreach (var service in Deployment.Services)
        {
            var requests = World.Requests.Total;
            await Eventually.GetAsync(() => Task.FromResult(World.Requests.Total), total => total > requests + 3);
            await service.KillAsync();
            await StartAsync();
        }

        await AssertWholeAsync();
    }

    [Fact]
    public async Task The_repositories_of_a_killed_collector_are_polled_by_the_others_within_30_seconds()
    {
        await StartAsync();
        await AssertWholeAsync();
        await PolledAsync(times: 2);
        var killed = CollectingServices.Single(service => TokenOf(service) == LastPollOf(FeedOf(Repositories[0])).Token);
        var feeds = Repositories.Select(FeedOf).Where(feed => LastPollOf(feed).Token == TokenOf(killed)).ToArray();
        Assert.NotEmpty(feeds);

        await killed.KillAsync();
        var at = TimeProvider.System.GetUtcNow();
        SimulatedActivity.Add(Repositories[0], at, 1);

        foreach (var feed in feeds)
        {
            var taken = await Eventually.GetAsync(() => Task.FromResult(LastPollOf(feed)), poll => poll.Token != TokenOf(killed));
            Assert.InRange(taken.At - at, TimeSpan.Zero, TakeoverLimit);
        }

        await AssertWholeAsync();
    }

    [Fact]
    public async Task Collectors_share_the_repositories_and_no_two_poll_the_same()
    {
        await StartAsync();
        await AssertWholeAsync();
        // The process that comes first has all of them for a moment.
        var tokens = await Eventually.GetAsync(
            ReadTokensAsync, found => found.Values.All(token => token is not null) && found.Values.Distinct().Count() == 3);

        Assert.Equal(CollectingServices.Select(TokenOf).Order(), tokens.Values.Distinct().Order());
    }

    /// <summary>Who polls each feed over a while; null where more than one does.</summary>
    private async Task<Dictionary<string, string?>> ReadTokensAsync()
    {
        var since = TimeProvider.System.GetUtcNow();
        await PolledAsync(times: 3);
        var polls = World.Requests.Recent.Where(request => request.At > since).ToLookup(request => request.Path, request => request.Token);
        return Repositories
            .Select(FeedOf)
            .ToDictionary(feed => feed, feed => polls[feed].Distinct().ToArray() is [var token] ? token : null);
    }

    private GitHubSimulator.Traffic.RequestRecord LastPollOf(string feed) => World.Requests.Recent.Last(request => request.Path == feed);
}
