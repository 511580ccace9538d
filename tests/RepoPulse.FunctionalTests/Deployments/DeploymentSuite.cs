using System.Globalization;
using System.Net;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.Events;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>What every way of running RepoPulse must do, tried from outside against the simulator.</summary>
public abstract class DeploymentSuite : IAsyncLifetime
{
    private const string Zeros = "000000000000000000000000";
    private const string Name = "octo/cat";

    private readonly IDeployment _deployment;
    private readonly ApiReader _apis;
    private SimulatorServer _github = null!;

    private protected DeploymentSuite(IDeployment deployment)
    {
        _deployment = deployment;
        _apis = new(deployment);
    }

    private GitHubWorld World => _github.World;

    public async ValueTask InitializeAsync()
        => _github = await SimulatorServer.StartAsync(
            new GitHubWorld(TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) }));

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await _github.DisposeAsync();
        _apis.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_event_that_was_ever_shown_is_held_once_and_counted_right_whatever_is_killed_in_between()
    {
        var repository = World.Repository(Name);
        Happen(repository, 250, minutesAgo: 600);
        await StartAsync();
        await HeldAsync(repository, 250);

        Happen(repository, 20, minutesAgo: 20);
        Happen(repository, 3, minutesAgo: 500); // late: they appear below hundreds that are known
        await HeldAsync(repository, 273);

        await _deployment.KillAsync();
        Happen(repository, 25, minutesAgo: 10);
        await StartAsync();
        await HeldAsync(repository, 298);

        var statistics = await _apis.GetAsync($"api/v1/repositories/{Name}/statistics");
        Assert.Equal(repository.Id, statistics.GetProperty("repositoryId").GetInt64());
        Assert.Equal(0, statistics.GetProperty("coverage").GetProperty("gaps").GetInt32());
        await _apis.AssertStatisticsAsync(Name, World.Shown.Of(repository));
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

        await StartAsync();

        await HeldAsync(repository, 280);
        await _apis.AssertStatisticsAsync(Name, World.Shown.Of(repository));
    }

    [Fact]
    public async Task A_restart_answers_the_same_and_asks_GitHub_for_nothing_that_is_held()
    {
        var repository = World.Repository(Name);
        Happen(repository, 120, minutesAgo: 600);
        await StartAsync();
        await HeldAsync(repository, 120);
        var before = await _apis.GetAsync("api/v1/statistics", list => list.GetProperty("items").EnumerateArray().All(IsSwept));
        await _deployment.StopAsync();
        var paid = World.Requests.CountedAgainstPrimaryLimit;
        var total = World.Requests.Total;

        await StartAsync();
        await Eventually.GetAsync(() => Task.FromResult(World.Requests.Total), now => now > total);

        Assert.All(await _apis.GetEachAsync("api/v1/statistics"), after => Assert.Equal(before.GetRawText(), after.GetRawText()));
        Assert.Equal(paid, World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task A_repository_without_events_is_shown_with_none_and_one_that_is_not_there_with_its_state()
    {
        World.Repository(Name);
        await StartAsync("--repository", "octo/nobody");

        var quiet = await _apis.GetAsync(
            $"api/v1/repositories/{Name}", found => found.GetProperty("repositoryId").ValueKind != JsonValueKind.Null);
        var absent = await _apis.GetAsync("api/v1/repositories/octo/nobody", found => found.GetProperty("state").GetString() != "watching");

        Assert.Equal("watching", quiet.GetProperty("state").GetString());
        Assert.Equal(0, quiet.GetProperty("events").GetInt32());
        Assert.Equal("notFound", absent.GetProperty("state").GetString());
        var statistics = await _apis.GetAsync($"api/v1/repositories/{Name}/statistics", IsSwept);
        Assert.Equal(JsonValueKind.Null, statistics.GetProperty("total").GetProperty("meanIntervalSeconds").ValueKind);
        Assert.True(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_and_answers_under_its_old_name_with_a_redirect()
    {
        var repository = World.Repository(Name);
        Happen(repository, 10, minutesAgo: 100);
        await StartAsync();
        await HeldAsync(repository, 10);
        // Whose feed it is comes with the cursor, after the events.
        await _apis.GetAsync($"api/v1/repositories/{Name}/statistics", IsSwept);

        repository.RenameTo("octo/lion");
        Happen(repository, 5, minutesAgo: 5);
        await _apis.GetAsync($"api/v1/repositories/{Name}", found => found.GetProperty("repository").GetString() == "octo/lion");
        await HeldAsync(repository, 15);

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(_deployment.Apis[0], $"api/v1/repositories/{Name}/statistics"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.EndsWith("/repositories/octo/lion/statistics", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("watching", (await _apis.GetAsync("api/v1/repositories/octo/lion")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_overflowed_while_nothing_ran_is_a_declared_gap_and_an_archive_repairs_it()
    {
        var repository = World.Repository(Name);
        Happen(repository, 250, minutesAgo: 600);
        await StartAsync();
        await HeldAsync(repository, 250);

        // Events are stored before the cursor that speaks of them; without the cursor there would be no sweep to have a gap after.
        await CoverageAsync(stretches => stretches.Length == 1);
        await _deployment.KillAsync();
        for (var i = 0; i < 400; i++)
            repository.Add("PushEvent", TimeProvider.System.GetUtcNow());

        await StartAsync();
        var statistics = await _apis.GetAsync(
            $"api/v1/repositories/{Name}/statistics", found => found.GetProperty("coverage").GetProperty("gaps").GetInt32() > 0);
        var before = await CoverageAsync(stretches => stretches.Length == 3);
        Assert.Equal(["complete", "gap", "complete"], before.Select(stretch => stretch.GetProperty("state").GetString()));
        Assert.Contains("down", before[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(statistics.GetProperty("coverage").GetProperty("complete").GetBoolean());

        using var folder = new TemporaryFolder();
        var archive = folder.File("gap.json");
        await File.WriteAllTextAsync(archive, string.Join('\n', ((string[])["from", "to"]).Select(
            (end, i) => EventOf(repository, 77_000 + i, before[1].GetProperty(end).GetDateTimeOffset()))));
        await _deployment.RunAsync("import", archive);

        var after = await CoverageAsync(stretches => stretches[1].GetProperty("state").GetString() != "gap");
        Assert.Equal(["complete", "repaired", "complete"], after.Select(stretch => stretch.GetProperty("state").GetString()));
        var repaired = await _apis.GetAsync($"api/v1/repositories/{Name}/statistics");
        Assert.Equal(1, repaired.GetProperty("coverage").GetProperty("gaps").GetInt32());
        Assert.Equal(
            statistics.GetProperty("coverage").GetProperty("from").GetString(),
            repaired.GetProperty("coverage").GetProperty("from").GetString());
    }

    [Fact]
    public async Task A_push_that_no_feed_showed_is_a_gap_until_an_archive_brings_it()
    {
        var repository = World.Repository(Name);
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddHours(-10);
        foreach (var commit in (ReadOnlySpan<int>)[1, 2, 4, 5])
            repository.Add("PushEvent", start.AddMinutes(commit), new EventDraft { Payload = PushTo(commit) });
        await StartAsync();
        await HeldAsync(repository, 4);

        var stretches = await CoverageAsync(found => found.Length == 3);
        Assert.Equal(["complete", "gap", "complete"], stretches.Select(stretch => stretch.GetProperty("state").GetString()));
        Assert.Equal("a push to refs/heads/main is missing", stretches[1].GetProperty("reason").GetString());
        Assert.Equal(start.AddMinutes(2), stretches[1].GetProperty("from").GetDateTimeOffset());
        Assert.Equal((2, 1), await LinksAsync(pushes => pushes.GetProperty("broken").GetInt32() == 1));

        using var folder = new TemporaryFolder();
        var archive = folder.File("missing.json");
        await File.WriteAllTextAsync(archive, EventOf(repository, 77_000, start.AddMinutes(3), PushTo(3)));
        await _deployment.RunAsync("import", archive);

        Assert.Equal((4, 0), await LinksAsync(pushes => pushes.GetProperty("broken").GetInt32() == 0));
        Assert.All(await CoverageAsync(found => found.Length == 1), stretch =>
            Assert.Equal("complete", stretch.GetProperty("state").GetString()));

        // The start of a commit is what counts.
        static string PushTo(int commit) =>
            $$"""{"ref":"refs/heads/main","before":"{{commit + 99:x16}}{{Zeros}}","head":"{{commit + 100:x16}}{{Zeros}}"}""";

        async Task<(int Links, int Broken)> LinksAsync(Func<JsonElement, bool> isIt)
        {
            var found = await _apis.GetAsync(
                $"api/v1/repositories/{Name}/coverage",
                coverage => Pushes(coverage) is { ValueKind: JsonValueKind.Object } pushes && isIt(pushes));
            var counts = Pushes(found);
            return (counts.GetProperty("links").GetInt32(), counts.GetProperty("broken").GetInt32());
        }
    }

    [Fact]
    public async Task An_organizations_feed_brings_the_events_of_all_its_repositories_and_each_counts_once()
    {
        var (cat, lion) = (World.Repository(Name), World.Repository("octo/lion"));
        Happen(cat, 40, minutesAgo: 100);
        Happen(lion, 30, minutesAgo: 100);

        await StartAsync("--Collector:Organizations=octo");
        await HeldAsync(cat, 40);
        await HeldAsync(lion, 30);
        Happen(lion, 5, minutesAgo: 5);
        Happen(cat, 5, minutesAgo: 5);
        await HeldAsync(lion, 35);
        await HeldAsync(cat, 45);


        // Whose feed it is comes with the cursor, after the events; a feed that moves meanwhile is read once more first.
        await _apis.GetAsync("api/v1/repositories/octo/lion", found => found.GetProperty("state").GetString() == "watching");
        Assert.True((await _apis.GetAsync("api/v1/repositories/octo/lion/statistics", IsSwept))
            .GetProperty("coverage")
            .GetProperty("complete")
            .GetBoolean());
    }

    [Fact]
    public async Task A_name_that_another_repository_takes_is_both_repositories_and_their_histories_stay_apart()
    {
        var former = World.Repository(Name);
        Happen(former, 20, minutesAgo: 300);
        await StartAsync();
        await HeldAsync(former, 20);

        former.Availability = Availability.NotFound;
        var successor = World.AddRepository(Name);
        Happen(successor, 7, minutesAgo: 5);
        await _apis.GetAsync($"api/v1/repositories/{Name}", found => found.GetProperty("repositoryId").GetInt64() == successor.Id);
        await HeldAsync(successor, 7);

        var statistics = await _apis.GetAsync($"api/v1/statistics?repositoryId={former.Id}");
        Assert.Equal(
            20, Assert.Single(statistics.GetProperty("items").EnumerateArray()).GetProperty("total").GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task The_stream_goes_on_after_the_last_id_at_any_instance_and_sends_every_event_once()
    {
        var repository = World.Repository(Name);
        Happen(repository, 20, minutesAgo: 600);
        await StartAsync();
        await HeldAsync(repository, 20);
        var before = World.Shown.Of(repository).Select(e => e.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        var received = new List<string>();
        string? last = null;
        for (var round = 0; round < 6; round++)
        {
            var stream = await EventStream.OpenAsync(_deployment.Apis[round % _deployment.Apis.Count], last);
            await using (stream)
            {
                Happen(repository, 15, minutesAgo: 500 - 10 * round);
                received.AddRange(await stream.ReadAsync(round < 5 ? 10 : 40));
            }

            // Cut while more is on its way; once, everything goes down with it.
            last = stream.LastId;
            if (round != 2)
                continue;
            await _deployment.KillAsync();
            await StartAsync();
            await HeldAsync(repository, 65);
        }

        await HeldAsync(repository, 110);
        Assert.Equal(
            World.Shown.Of(repository).Select(e => e.Id.ToString(CultureInfo.InvariantCulture)).Where(id => !before.Contains(id)).Order(
                StringComparer.Ordinal),
            received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Being_asked_to_end_every_process_ends_with_0()
    {
        Happen(World.Repository(Name), 10, minutesAgo: 100);
        await StartAsync();
        await _apis.CountedAsync(Name, 10);
        await using var stream = await EventStream.OpenAsync(_deployment.Apis[0], lastId: null);

        Assert.All(await _deployment.StopAsync(), code => Assert.Equal(0, code));
    }

    private static void Happen(SimulatedRepository repository, int events, int minutesAgo)
    {
        string[] types = ["PushEvent", "WatchEvent", "IssuesEvent"];
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddMinutes(-minutesAgo);
        for (var i = 0; i < events; i++)
            repository.Add(types[i % 3], start.AddSeconds(i * 7 % 11 * 13));
    }

    private static string EventOf(SimulatedRepository repository, long id, DateTimeOffset at, string payload = "{}") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","type":"PushEvent","repo":{"id":{{repository.Id}},"name":"{{repository.FullName}}"},"payload":{{payload}},"created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"}""");

    private async Task<JsonElement[]> CoverageAsync(Func<JsonElement[], bool> isIt) => Stretches(await _apis.GetAsync(
        $"api/v1/repositories/{Name}/coverage", coverage => isIt(Stretches(coverage))));

    // The cursor and its coverage come after the events.
    private static bool IsSwept(JsonElement statistics) =>
        statistics.GetProperty("coverage").GetProperty("from").ValueKind != JsonValueKind.Null;

    private static JsonElement Pushes(JsonElement coverage) => coverage.GetProperty("evidence").GetProperty("pushes");

    private static JsonElement[] Stretches(JsonElement coverage) => [.. coverage.GetProperty("items").EnumerateArray()];

    private Task StartAsync(params string[] more) => _deployment.StartAsync(
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

    /// <summary>Waits until the APIs show so many events, and compares them with all that GitHub ever showed.</summary>
    private async Task HeldAsync(SimulatedRepository repository, int events)
    {
        await Eventually.GetAsync(() => Task.FromResult(World.Shown.Of(repository).Count), shown => shown >= events);
        Assert.Equal(events, World.Shown.Of(repository).Count);
        await _apis.HeldAsync(repository.FullName, World.Shown.Of(repository));
    }
}
