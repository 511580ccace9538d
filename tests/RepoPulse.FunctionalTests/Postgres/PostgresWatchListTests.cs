using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Postgres;

public sealed class PostgresWatchListTests : PostgresServicesTest
{
    [Fact]
    public async Task Collectors_with_different_lists_watch_the_union_and_a_restart_replaces_the_list_of_one()
    {
        var (first, second, third) = (Collector(0), Collector(1), Collector(2));
        var lists = new Dictionary<Service, string> { [first] = "ab", [second] = "bc", [third] = "d" };
        await StartAsync(service => Listed(lists, service));
        await AssertStatesAsync(watched: "abcd", others: "");

        lists[first] = "ae";
        await RestartAsync(first, lists);
        await AssertStatesAsync(watched: "abcde", others: "");
        Assert.Equal(0, Polls(Repository('f')));

        lists[third] = "f";
        await RestartAsync(third, lists);
        await AssertStatesAsync(watched: "abcef", others: "d");

        // What left every list is polled no more, though the collector that polled it may need a few seconds to learn that; what was held
        // of it stays.
        SimulatedRepository[] others = [.. "abcef".Select(Repository)];
        await PolledAsync(others, times: 10);
        var polls = Polls(Repository('d'));
        await PolledAsync(others, times: 3);
        Assert.Equal(polls, Polls(Repository('d')));
        await AssertHeldAsync(Repository('d'));
    }

    private Service Collector(int index) => CollectingServices.ElementAt(index);

    private SimulatedRepository Repository(char letter) => World.Repository($"octo/{letter}");

    // An API has no list, and must not mind one either.
    private IEnumerable<SimulatedRepository> Listed(Dictionary<Service, string> lists, Service service) =>
        lists.GetValueOrDefault(service, "a").Select(Repository);

    private async Task RestartAsync(Service service, Dictionary<Service, string> lists)
    {
        await service.AskToEndAsync();
        Assert.Equal(0, await service.EndAsync());
        await StartAsync(other => Listed(lists, other));
    }

    private async Task AssertStatesAsync(string watched, string others)
    {
        foreach (var letter in watched)
        {
            await AssertHeldAsync(Repository(letter));
            await StateAsync(letter, "watching");
        }

        foreach (var letter in others)
            await StateAsync(letter, "unwatched");
    }

    private async Task StateAsync(char letter, string state) =>
        await Apis.GetAsync($"api/v1/repositories/octo/{letter}", found => found.GetProperty("state").GetString() == state);
}
