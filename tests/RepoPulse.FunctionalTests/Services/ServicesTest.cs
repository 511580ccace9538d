using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Deployments;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Services;

/// <summary>
/// Services on servers that a test may end, and repositories in which things happen. Each collector has a token of its own, so that the
/// simulator's log shows who polls what.
/// </summary>
public abstract class ServicesTest : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SimulatorServer _github = null!;
    private ApiReader _apis = null!;

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected ProcessDeployment Deployment { get; private set; } = null!;

    private protected GitHubWorld World => _github.World;

    private protected Uri GitHub => _github.BaseAddress;

    private protected IReadOnlyList<SimulatedRepository> Repositories { get; private set; } = [];

    private protected SimulatedActivity SimulatedActivity { get; private set; } = null!;

    private protected ApiReader Apis => _apis;

    private protected IEnumerable<Service> CollectingServices => Deployment.Services.Where(service => service.Collects);

    /// <summary>Between what happens and what happens next.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromMilliseconds(50);

    public async ValueTask InitializeAsync()
    {
        var deployment = await DeployAsync();
        _github = await SimulatorServer.StartAsync(
            new GitHubWorld(TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) }));
        Repositories = [.. "abcdef".Select(letter => World.Repository($"octo/{letter}"))];
        SimulatedActivity = new(Repositories, Pause);
        SimulatedActivity.Begin(eventsOfEach: 20);
        Deployment = deployment;
        _apis = new(deployment);
    }

    public async ValueTask DisposeAsync()
    {
        if (Deployment is not null)
        {
            await SimulatedActivity.DisposeAsync();
            await Deployment.DisposeAsync();
            _apis.Dispose();
            await _github.DisposeAsync();
        }

        await EndServersAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The services, none of them started, on servers that run.</summary>
    private protected abstract Task<ProcessDeployment> DeployAsync();

    private protected virtual ValueTask EndServersAsync() => ValueTask.CompletedTask;

    /// <summary>Starts whatever does not run, to watch every repository.</summary>
    private protected Task StartAsync() => StartAsync(_ => Repositories);

    private protected Task StartAsync(Func<Service, IEnumerable<SimulatedRepository>> watched) =>
        Deployment.StartAsync(service => SettingsOf(service, watched(service)));

    private protected string[] SettingsOf(Service service, IEnumerable<SimulatedRepository> watched) =>
    [
        $"--Collector:Repositories={string.Join(',', watched.Select(repository => repository.FullName))}",
        $"--GitHub:ApiUrl={_github.BaseAddress}",
        $"--GitHub:Tokens={TokenOf(service)}",
        "--Collector:MinPollInterval=00:00:00.200",
        "--Collector:MaxPollInterval=00:00:01",
    ];

    private protected static string TokenOf(Service service) => $"token-of-{service.Name}";

    /// <summary>
    /// Waits until both APIs show all that happened and nothing twice, and compares their statistics with a plain computation over it. No
    /// gap may be declared: no feed ever overflowed.
    /// </summary>
    private protected async Task AssertWholeAsync()
    {
        await SimulatedActivity.StopAsync();
        foreach (var repository in Repositories)
            await AssertHeldAsync(repository);
    }

    private protected async Task AssertHeldAsync(SimulatedRepository repository)
    {
        await Apis.HeldAsync(repository.FullName, SimulatedActivity.Of(repository));
        await Apis.AssertStatisticsAsync(repository.FullName, SimulatedActivity.Of(repository));
        foreach (var statistics in await Apis.GetEachAsync($"api/v1/repositories/{repository.FullName}/statistics", IsSwept))
        {
            Assert.Equal(0, statistics.GetProperty("coverage").GetProperty("gaps").GetInt32());
            Assert.True(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());
        }
    }

    /// <summary>Waits until each service says that it is ready, or that it is not: what it says then.</summary>
    private protected async Task<IReadOnlyList<string>> ReadinessAsync(bool ready)
    {
        var reported = new List<string>();
        foreach (var service in Deployment.Services)
        {
            var (_, body) = await Eventually.GetAsync(
                () => AskAsync(service.Address, "health/ready"), answer => answer.Status == HttpStatusCode.OK == ready);
            reported.Add(body.GetRawText());
        }

        return reported;
    }

    private protected async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(Uri service, string path)
    {
        using var answer = await _http.GetAsync(new Uri(service, path), Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    /// <summary>Waits until every repository was asked for so many times more.</summary>
    private protected Task PolledAsync(int times) => PolledAsync(Repositories, times);

    private protected async Task PolledAsync(IReadOnlyList<SimulatedRepository> repositories, int times)
    {
        var wanted = repositories.Select(repository => Polls(repository) + times).ToArray();
        await Eventually.GetAsync(
            () => Task.FromResult(repositories.Select(Polls)), polls => polls.Zip(wanted).All(pair => pair.First >= pair.Second));
    }

    private protected long Polls(SimulatedRepository repository) => World.Requests.ToPath(FeedOf(repository));

    private protected static string FeedOf(SimulatedRepository repository) => $"/repos/{repository.FullName}/events";

    // The cursor and its coverage come after the events.
    private protected static bool IsSwept(JsonElement statistics) =>
        statistics.GetProperty("coverage").GetProperty("from").ValueKind != JsonValueKind.Null;
}
