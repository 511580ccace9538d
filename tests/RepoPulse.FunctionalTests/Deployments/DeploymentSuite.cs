using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>What every way of running RepoPulse must do, tried from outside against the simulator.</summary>
public abstract class DeploymentSuite : IAsyncLifetime
{
    private const string Name = "octo/cat";

    private readonly IDeployment _deployment;
    private readonly HttpClient _http = new();
    private SimulatorServer _github = null!;

    private protected DeploymentSuite(IDeployment deployment) => _deployment = deployment;

    private GitHubWorld World => _github.World;

    public async ValueTask InitializeAsync()
        => _github = await SimulatorServer.StartAsync(new GitHubWorld(TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) }));

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await _github.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_event_that_was_ever_shown_is_held_once_and_counted_right_whatever_is_killed_in_between()
    {
        var repository = World.Repository(Name);
        Happen(repository, 250, minutesAgo: 600);
        var api = await StartAsync();
        await HeldAsync(api, repository, 250);

        Happen(repository, 20, minutesAgo: 20);
        Happen(repository, 3, minutesAgo: 500); // late: they appear below hundreds that are known
        await HeldAsync(api, repository, 273);

        await _deployment.KillAsync();
        Happen(repository, 25, minutesAgo: 10);
        api = await StartAsync();
        await HeldAsync(api, repository, 298);

        var statistics = await GetAsync(api, $"api/v1/repositories/{Name}/statistics");
        Assert.Equal(repository.Id, statistics.GetProperty("repositoryId").GetInt64());
        Assert.Equal(0, statistics.GetProperty("coverage").GetProperty("gaps").GetInt32());
        AssertEqual(statistics, repository);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_a_poll_loses_nothing()
    {
        var repository = World.Repository(Name);
        Happen(repository, 280, minutesAgo: 600);
        for (var kills = 0; kills < 3; kills++)
        {
            var requests = World.Requests.Total;
            await StartAsync();
            await Eventually.GetAsync(() => Task.FromResult(World.Requests.Total), total => total > requests + kills);
            await _deployment.KillAsync();
        }

        var api = await StartAsync();

        await HeldAsync(api, repository, 280);
        AssertEqual(await GetAsync(api, $"api/v1/repositories/{Name}/statistics"), repository);
    }

    [Fact]
    public async Task A_restart_answers_the_same_and_asks_GitHub_for_nothing_that_is_held()
    {
        var repository = World.Repository(Name);
        Happen(repository, 120, minutesAgo: 600);
        var api = await StartAsync();
        await HeldAsync(api, repository, 120);
        var before = await GetAsync(api, "api/v1/statistics");
        await _deployment.StopAsync();
        var paid = World.Requests.CountedAgainstPrimaryLimit;
        var total = World.Requests.Total;

        api = await StartAsync();
        await Eventually.GetAsync(() => Task.FromResult(World.Requests.Total), now => now > total);

        Assert.Equal(before.GetRawText(), (await GetAsync(api, "api/v1/statistics")).GetRawText());
        Assert.Equal(paid, World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task A_repository_without_events_is_shown_with_none_and_one_that_is_not_there_with_its_state()
    {
        World.Repository(Name);
        var api = await StartAsync("--repository", "octo/nobody");

        var quiet = await Eventually.GetAsync(() => GetAsync(api, $"api/v1/repositories/{Name}"), found => found.GetProperty("repositoryId").ValueKind != JsonValueKind.Null);
        var absent = await Eventually.GetAsync(() => GetAsync(api, "api/v1/repositories/octo/nobody"), found => found.GetProperty("state").GetString() != "watching");

        Assert.Equal("watching", quiet.GetProperty("state").GetString());
        Assert.Equal(0, quiet.GetProperty("events").GetInt32());
        Assert.Equal("notFound", absent.GetProperty("state").GetString());
        var statistics = await GetAsync(api, $"api/v1/repositories/{Name}/statistics");
        Assert.Equal(JsonValueKind.Null, statistics.GetProperty("total").GetProperty("meanIntervalSeconds").ValueKind);
        Assert.True(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_and_answers_under_its_old_name_with_a_redirect()
    {
        var repository = World.Repository(Name);
        Happen(repository, 10, minutesAgo: 100);
        var api = await StartAsync();
        await HeldAsync(api, repository, 10);

        repository.RenameTo("octo/lion");
        Happen(repository, 5, minutesAgo: 5);
        await Eventually.GetAsync(() => GetAsync(api, $"api/v1/repositories/{Name}"), found => found.GetProperty("repository").GetString() == "octo/lion");
        await HeldAsync(api, repository, 15);

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(api, $"api/v1/repositories/{Name}/statistics"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.EndsWith("/repositories/octo/lion/statistics", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("watching", (await GetAsync(api, "api/v1/repositories/octo/lion")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Being_asked_to_end_every_process_ends_with_0()
    {
        Happen(World.Repository(Name), 10, minutesAgo: 100);
        await StartAsync();

        Assert.All(await _deployment.StopAsync(), code => Assert.Equal(0, code));
    }

    private static void Happen(SimulatedRepository repository, int events, int minutesAgo)
    {
        string[] types = ["PushEvent", "WatchEvent", "IssuesEvent"];
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddMinutes(-minutesAgo);
        for (var i = 0; i < events; i++)
            repository.Add(types[i % 3], start.AddSeconds(i * 7 % 11 * 13));
    }

    private Task<Uri> StartAsync(params string[] more) => _deployment.StartAsync(
    [
        "--Collector:Repositories=" + Name,
        $"--GitHub:ApiUrl={_github.BaseAddress}",
        "--GitHub:Tokens=a-token",
        "--Collector:MinPollInterval=00:00:00.200",
        "--Collector:MaxPollInterval=00:00:01",
        .. Repositories(more),
    ]);

    /// <summary>Only what collects takes them as options; as a key everyone does.</summary>
    private static string[] Repositories(string[] more)
        => more is ["--repository", var name] ? [$"--Collector:Repositories={Name},{name}"] : more;

    private async Task<JsonElement> GetAsync(Uri api, string path)
    {
        // Until the API is ready, and until the repository is known, there is nothing to compare.
        using var response = await Eventually.GetAsync(
            () => _http.GetAsync(new Uri(api, path)), answer => answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotFound));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until the API shows so many events, and compares them with all that GitHub ever showed.</summary>
    private async Task HeldAsync(Uri api, SimulatedRepository repository, int events)
    {
        await Eventually.GetAsync(
            () => GetAsync(api, $"api/v1/repositories/{repository.FullName}/statistics"),
            statistics => statistics.GetProperty("total").GetProperty("events").GetInt32() >= events);
        var held = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(api, $"api/v1/repositories/{repository.FullName}/events?limit=100{(cursor is null ? "" : $"&cursor={cursor}")}");
            held.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(events, held.Count);
        Assert.Equal(World.Shown.Of(repository).Select(shown => shown.Id.ToString(CultureInfo.InvariantCulture)).Order(), held.Order());
    }

    private void AssertEqual(JsonElement statistics, SimulatedRepository repository) => NaiveStatistics.AssertEqual(
        statistics,
        World.Shown.Of(repository).Select(shown => (shown.Id.ToString(CultureInfo.InvariantCulture), shown.Type, shown.CreatedAt)),
        TimeProvider.System.GetUtcNow(),
        TimeSpan.FromDays(7),
        500);
}
