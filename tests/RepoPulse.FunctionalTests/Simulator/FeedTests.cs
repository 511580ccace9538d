using System.Globalization;
using System.Net;
using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class FeedTests
{
    private static readonly DateTimeOffset Start = SimulatedGitHub.Start;

    [Fact]
    public async Task An_event_has_the_envelope_that_GitHub_sends()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        repository.Add("PushEvent", Start.AddMilliseconds(-700), new EventDraft { Id = 12345678901, Actor = "dependabot[bot]" });

        var e = (await github.GetJsonAsync("repos/dotnet/runtime/events"))[0];

        Assert.Equal(["id", "type", "actor", "repo", "payload", "public", "created_at", "org"], e.EnumerateObject().Select(p => p.Name));
        Assert.Equal("12345678901", e.GetProperty("id").GetString());
        Assert.Equal("2026-11-23T11:59:59Z", e.GetProperty("created_at").GetString());
        Assert.Equal("dependabot[bot]", e.GetProperty("actor").GetProperty("login").GetString());
        Assert.Equal("dependabot", e.GetProperty("actor").GetProperty("display_login").GetString());
        Assert.Equal(repository.Id, e.GetProperty("repo").GetProperty("id").GetInt64());
        Assert.Equal("dotnet/runtime", e.GetProperty("repo").GetProperty("name").GetString());
        Assert.Equal("dotnet", e.GetProperty("org").GetProperty("login").GetString());
        Assert.Equal(
            ["repository_id", "push_id", "ref", "head", "before"], e.GetProperty("payload").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_event_in_a_users_repository_has_no_org()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.AddRepository("octocat/hello-world", new RepositoryOptions { OwnerIsOrganization = false }).Add("WatchEvent", Start);

        var e = (await github.GetJsonAsync("repos/octocat/hello-world/events"))[0];

        Assert.False(e.TryGetProperty("org", out _));
    }

    [Fact]
    public async Task A_pull_request_is_a_stub()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Repository("dotnet/runtime").Add("PullRequestEvent", Start);

        var payload = (await github.GetJsonAsync("repos/dotnet/runtime/events"))[0].GetProperty("payload");

        Assert.Equal(
            ["url", "id", "number", "head", "base"], payload.GetProperty("pull_request").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_script_may_give_any_type_and_payload()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Repository("dotnet/runtime").Add("HologramEvent", Start, new EventDraft { Payload = """{"depth":3}""" });

        var e = (await github.GetJsonAsync("repos/dotnet/runtime/events"))[0];

        Assert.Equal("HologramEvent", e.GetProperty("type").GetString());
        Assert.Equal(3, e.GetProperty("payload").GetProperty("depth").GetInt32());
    }

    [Fact]
    public async Task A_repository_answers_to_its_name_in_any_case_and_to_its_id()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("dotnet/runtime", events: 3);

        var ids = await github.GetIdsAsync("repos/dotnet/runtime/events");

        Assert.Equal(3, ids.Count);
        Assert.Equal(ids, await github.GetIdsAsync("repos/DotNet/RunTime/events"));
        Assert.Equal(ids, await github.GetIdsAsync($"repositories/{repository.Id}/events"));
        Assert.Equal(ids, await github.GetIdsAsync("api/v3/repos/dotnet/runtime/events"));
    }

    [Fact]
    public async Task An_organization_and_everyone_have_feeds_over_their_repositories()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var one = github.World.Repository("dotnet/runtime").Add("PushEvent", Start.AddMinutes(-3));
        var two = github.World.Repository("dotnet/sdk").Add("PushEvent", Start.AddMinutes(-2));
        var three = github.World
            .AddRepository("octocat/x", new RepositoryOptions { OwnerIsOrganization = false })
            .Add("PushEvent", Start.AddMinutes(-1));

        Assert.Equal(Ids(two, one), await github.GetIdsAsync("orgs/DOTNET/events"));
        Assert.Equal(Ids(three, two, one), await github.GetIdsAsync("events"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync("orgs/octocat/events"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync("orgs/nobody/events"));
    }

    [Fact]
    public async Task An_organizations_links_go_by_its_id()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 31);

        using var response = await github.GetAsync("orgs/dotnet/events");
        var next = SimulatedGitHub.Header(response, "Link")!.Split('<', '>')[1];

        Assert.Contains("/organizations/", next, StringComparison.Ordinal);
        Assert.Single(await github.GetIdsAsync(next));
    }

    [Fact]
    public async Task A_late_event_is_shown_when_its_delay_is_over_and_below_newer_ones()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        var late = repository.Add("PushEvent", Start.AddMinutes(-10), new EventDraft { Delay = TimeSpan.FromHours(6) });
        var newer = repository.Add("PushEvent", Start.AddMinutes(-5));

        Assert.Equal(Ids(newer), await github.GetIdsAsync("repos/dotnet/runtime/events"));
        github.Time.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(Ids(newer), await github.GetIdsAsync("repos/dotnet/runtime/events"));
        github.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(Ids(newer, late), await github.GetIdsAsync("repos/dotnet/runtime/events"));
    }

    [Fact]
    public async Task An_event_dated_later_is_shown_from_its_time_on()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var e = github.World.Repository("dotnet/runtime").Add("PushEvent", Start.AddMinutes(1));

        Assert.Empty(await github.GetIdsAsync("events"));
        github.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Ids(e), await github.GetIdsAsync("events"));
    }

    [Fact]
    public async Task Neighbours_stand_as_they_are_ranked()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        var older = repository.Add("PushEvent", Start.AddMinutes(-2));
        var newer = repository.Add("PushEvent", Start.AddMinutes(-1), new EventDraft { RankAt = Start.AddMinutes(-3) });

        Assert.Equal(Ids(older, newer), await github.GetIdsAsync("repos/dotnet/runtime/events"));
    }

    [Fact]
    public async Task An_event_leaves_its_feed_after_30_days()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var e = github.World.Repository("dotnet/runtime").Add("PushEvent", Start);

        github.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Ids(e), await github.GetIdsAsync("repos/dotnet/runtime/events"));
        github.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await github.GetIdsAsync("repos/dotnet/runtime/events"));
    }

    [Fact]
    public async Task Every_event_that_stood_in_an_answer_is_counted_as_shown_and_no_other()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        var shown = repository.Add("PushEvent", Start.AddMinutes(-1));
        repository.Add("PushEvent", Start.AddMinutes(-2));
        github.World.Repository("dotnet/sdk").Add("PushEvent", Start.AddMinutes(-3));

        await github.GetIdsAsync("repos/dotnet/runtime/events?per_page=1");
        await github.GetIdsAsync("repos/dotnet/runtime/events?per_page=1");

        Assert.Equal([new ShownEvent(repository.Id, shown.Id, shown.CreatedAt, "PushEvent")], github.World.Shown.Of(repository));
        Assert.Equal(1, github.World.Shown.Count);
    }

    [Fact]
    public async Task Polling_is_asked_for_at_the_worlds_interval()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 1);

        using var usual = await github.GetAsync("repos/dotnet/runtime/events");
        github.World.PollInterval = TimeSpan.FromSeconds(180);
        using var underLoad = await github.GetAsync("repos/dotnet/runtime/events", tag: SimulatedGitHub.Header(usual, "ETag"));

        Assert.Equal("60", SimulatedGitHub.Header(usual, "X-Poll-Interval"));
        Assert.Equal(HttpStatusCode.NotModified, underLoad.StatusCode);
        Assert.Equal("180", SimulatedGitHub.Header(underLoad, "X-Poll-Interval"));
    }

    private static List<string> Ids(params IEnumerable<SimulatedEvent> events) =>
        [.. events.Select(e => e.Id.ToString(CultureInfo.InvariantCulture))];
}
