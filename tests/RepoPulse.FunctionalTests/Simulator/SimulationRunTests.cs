using GitHubSimulator;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.Traffic;
using GitHubSimulator.World;
using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.FunctionalTests.Simulator;

/// <summary>Whole runs on a virtual clock: clients that wait, are delayed and fail, all on one thread.</summary>
public sealed class SimulationRunTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_stormy_run_is_the_same_from_its_seed_to_the_last_request()
    {
        var once = await RunAsync(seed: 7);
        var again = await RunAsync(seed: 7);
        var other = await RunAsync(seed: 8);

        Assert.True(once.Requests.Count > 2_000, $"There were {once.Requests.Count} requests.");
        Assert.Equal(once.Requests, again.Requests);
        Assert.Equal(once.Shown, again.Shown);
        Assert.NotEqual(once.Requests, other.Requests);
        Assert.True(once.Requests.Select(request => request.Status).Distinct().Count() >= 6);
    }

    /// <summary>Without the context of the test, so that nothing is handed to another thread.</summary>
    private static Task<(IReadOnlyList<RequestRecord> Requests, List<ShownEvent> Shown)> RunAsync(int seed) => Task.Factory.StartNew(
        () => Run(seed), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);

    private static (IReadOnlyList<RequestRecord> Requests, List<ShownEvent> Shown) Run(int seed)
    {
        var time = new FakeTimeProvider(SimulatedGitHub.Start);
        var world = new GitHubWorld(time, new WorldOptions { Seed = seed });
        world.Accounts.AddToken("alice", "alice-1");
        ActivityGenerator.Play(
            world,
            RateSpread.Draw(seed, 20, 500, 300),
            new GenerationOptions { Seed = seed, Lateness = Lateness.AsObserved, MinimalPayloads = true });
        world.Weather = new FaultWeather(seed, FaultWeather.Stormy with { RenamingSpacing = TimeSpan.FromHours(4) });
        using var client = new HttpClient(new DirectHandler(world))
        {
            BaseAddress = new Uri("https://api.github.com/"),
            Timeout = Timeout.InfiniteTimeSpan
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("test");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer alice-1");

        var end = SimulatedGitHub.Start.AddHours(3);
        var pollers = world.Repositories.Select(repository => PollAsync(client, repository.FullName, time, end)).ToList();
        while (time.GetUtcNow() < end.AddMinutes(5))
            time.Advance(Tick);
        Assert.All(pollers, poller => Assert.True(poller.IsCompletedSuccessfully));
        return (world.Requests.Recent, [.. world.Shown.All.OrderBy(shown => (shown.RepositoryId, shown.Id, shown.CreatedAt))]);
    }

    private static async Task PollAsync(HttpClient client, string name, FakeTimeProvider time, DateTimeOffset end)
    {
        for (var tag = ""; time.GetUtcNow() < end; await Task.Delay(TimeSpan.FromMinutes(1), time).ConfigureAwait(false))
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), time);
                using var request = new HttpRequestMessage(HttpMethod.Get, $"repos/{name}/events?per_page=100");
                if (tag.Length > 0)
                    request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var response = await client.SendAsync(request, patience.Token).ConfigureAwait(false);
                tag = SimulatedGitHub.Header(response, "ETag") ?? "";
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                tag = "";
            }
        }
    }
}
