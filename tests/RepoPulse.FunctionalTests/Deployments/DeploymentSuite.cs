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
    public async Task What_overflowed_while_nothing_ran_is_a_declared_gap_and_an_archive_repairs_it()
    {
        var repository = World.Repository(Name);
        Happen(repository, 250, minutesAgo: 600);
        var api = await StartAsync();
        await HeldAsync(api, repository, 250);

        // Events are stored before the cursor that speaks of them; without the cursor there would be no sweep to have a gap after.
        await Eventually.GetAsync(() => CoverageAsync(api), stretches => stretches.Length == 1);
        await _deployment.KillAsync();
        for (var i = 0; i < 400; i++)
            repository.Add("PushEvent", TimeProvider.System.GetUtcNow());

        api = await StartAsync();
        var statistics = await Eventually.GetAsync(
            () => GetAsync(api, $"api/v1/repositories/{Name}/statistics"), found => found.GetProperty("coverage").GetProperty("gaps").GetInt32() > 0);
        var before = await Eventually.GetAsync(() => CoverageAsync(api), stretches => stretches.Length == 3);
        Assert.Equal(["complete", "gap", "complete"], before.Select(stretch => stretch.GetProperty("state").GetString()));
        Assert.Contains("down", before[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());

        using var folder = new TemporaryFolder();
        var archive = folder.File("gap.json");
        await File.WriteAllTextAsync(archive, string.Join('\n', ((string[])["from", "to"]).Select((end, i) => EventOf(repository, 77_000 + i, before[1].GetProperty(end).GetDateTimeOffset()))));
        await _deployment.RunAsync("import", archive);

        var after = await Eventually.GetAsync(() => CoverageAsync(api), stretches => stretches[1].GetProperty("state").GetString() != "gap");
        Assert.Equal(["complete", "repaired", "complete"], after.Select(stretch => stretch.GetProperty("state").GetString()));
        var repaired = await GetAsync(api, $"api/v1/repositories/{Name}/statistics");
        Assert.Equal(1, repaired.GetProperty("coverage").GetProperty("gaps").GetInt32());
        Assert.Equal(
            statistics.GetProperty("coverage").GetProperty("from").GetString(), repaired.GetProperty("coverage").GetProperty("from").GetString());
    }

    [Fact]
    public async Task An_organizations_feed_brings_the_events_of_all_its_repositories_and_each_counts_once()
    {
        var (cat, lion) = (World.Repository(Name), World.Repository("octo/lion"));
        Happen(cat, 40, minutesAgo: 100);
        Happen(lion, 30, minutesAgo: 100);

        var api = await StartAsync("--Collector:Organizations=octo");
        await HeldAsync(api, cat, 40);
        await HeldAsync(api, lion, 30);
        Happen(lion, 5, minutesAgo: 5);
        Happen(cat, 5, minutesAgo: 5);
        await HeldAsync(api, lion, 35);
        await HeldAsync(api, cat, 45);

        Assert.Equal("watching", (await GetAsync(api, "api/v1/repositories/octo/lion")).GetProperty("state").GetString());
        Assert.True((await GetAsync(api, "api/v1/repositories/octo/lion/statistics")).GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_name_that_another_repository_takes_is_both_repositories_and_their_histories_stay_apart()
    {
        var former = World.Repository(Name);
        Happen(former, 20, minutesAgo: 300);
        var api = await StartAsync();
        await HeldAsync(api, former, 20);

        former.Availability = Availability.NotFound;
        var successor = World.AddRepository(Name);
        Happen(successor, 7, minutesAgo: 5);
        await Eventually.GetAsync(
            () => GetAsync(api, $"api/v1/repositories/{Name}"), found => found.GetProperty("repositoryId").GetInt64() == successor.Id);
        await HeldAsync(api, successor, 7);

        var statistics = await GetAsync(api, $"api/v1/statistics?repositoryId={former.Id}");
        Assert.Equal(20, Assert.Single(statistics.GetProperty("items").EnumerateArray()).GetProperty("total").GetProperty("events").GetInt32());
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

    private static string EventOf(SimulatedRepository repository, long id, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","type":"PushEvent","repo":{"id":{{repository.Id}},"name":"{{repository.FullName}}"},"payload":{},"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""");

    private async Task<JsonElement[]> CoverageAsync(Uri api)
        => [.. (await GetAsync(api, $"api/v1/repositories/{Name}/coverage")).GetProperty("items").EnumerateArray()];

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
