using System.Globalization;
using System.Net;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class LimitTests
{
    [Fact]
    public async Task An_address_without_a_token_has_60_requests_an_hour()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        for (var i = 0; i < 60; i++)
            Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events"));

        github.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        using var refused = await github.GetAsync("events");
        github.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("0", SimulatedGitHub.Header(refused, "X-RateLimit-Remaining"));
        Assert.Equal("60", SimulatedGitHub.Header(refused, "X-RateLimit-Used"));
        Assert.Null(SimulatedGitHub.Header(refused, "Retry-After"));
        Assert.StartsWith("API rate limit exceeded for 127.0.0.1.", await MessageAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events"));
    }

    [Fact]
    public async Task All_tokens_of_a_user_share_one_limit_and_another_user_has_another()
    {
        await using var github = await SimulatedGitHub.StartAsync(
            new WorldOptions { Limits = new LimitOptions { PerUser = 3, PrimaryStatus = 429 } });
        var alice = github.World.Accounts.AddToken("alice", "alice-1");
        github.World.Accounts.AddToken("alice", "alice-2");
        github.World.Accounts.AddToken("bob", "bob-1");

        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "alice-1"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "alice-2"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "alice-1"));
        using var refused = await github.GetAsync("events", "alice-2");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.StartsWith($"API rate limit exceeded for user ID {alice.Id}.", await MessageAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "bob-1"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events"));
    }

    [Fact]
    public async Task The_limits_can_be_asked_for_free_even_where_nothing_is_left()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1").Exhaust(SimulatedGitHub.Start);

        var answer = await github.GetJsonAsync("rate_limit", "alice-1");

        foreach (var quota in (ReadOnlySpan<System.Text.Json.JsonElement>)[answer.GetProperty("rate"), answer
            .GetProperty("resources")
            .GetProperty("core")])
        {
            Assert.Equal(5_000, quota.GetProperty("limit").GetInt32());
            Assert.Equal(0, quota.GetProperty("remaining").GetInt32());
            Assert.Equal(SimulatedGitHub.Start.AddHours(1).ToUnixTimeSeconds(), quota.GetProperty("reset").GetInt64());
        }

        Assert.Equal(HttpStatusCode.Forbidden, await github.GetStatusAsync("events", "alice-1"));
        Assert.Equal(0, github.World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task A_users_limit_can_differ()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.User("enterprise", limit: 15_000);
        github.World.Accounts.AddToken("enterprise", "e-1");

        using var response = await github.GetAsync("events", "e-1");

        Assert.Equal("15000", SimulatedGitHub.Header(response, "X-RateLimit-Limit"));
    }

    [Fact]
    public async Task A_bad_token_is_charged_to_the_address()
    {
        await using var github = await SimulatedGitHub.StartAsync();

        using var response = await github.GetAsync("events", "bad");

        Assert.Equal("60", SimulatedGitHub.Header(response, "X-RateLimit-Limit"));
        Assert.Equal("1", SimulatedGitHub.Header(response, "X-RateLimit-Used"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task More_than_900_points_within_any_minute_shut_a_user_out(int status)
    {
        await using var github = await SimulatedGitHub.StartAsync(
            new WorldOptions { Limits = new LimitOptions { SecondaryStatus = status } });
        github.World.Accounts.AddToken("alice", "alice-1");
        for (var i = 0; i < 900; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("", "alice-1"));

            // Half of them in one clock minute, half in the next: it is the interval of a minute that counts.
            if (i == 450)
                github.Time.Advance(TimeSpan.FromSeconds(59));
        }

        using var refused = await github.GetAsync("", "alice-1");
        github.Time.Advance(TimeSpan.FromSeconds(30));
        using var stillRefused = await github.GetAsync("", "alice-1");
        github.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Equal("60", SimulatedGitHub.Header(refused, "Retry-After"));
        Assert.StartsWith("You have exceeded a secondary rate limit.", await MessageAsync(refused), StringComparison.Ordinal);
        Assert.NotEqual("0", SimulatedGitHub.Header(refused, "X-RateLimit-Remaining"));
        Assert.Equal("30", SimulatedGitHub.Header(stillRefused, "Retry-After"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("", "alice-1"));
    }

    [Fact]
    public async Task A_conditional_request_that_is_free_of_the_primary_limit_still_costs_a_point()
    {
        await using var github = await SimulatedGitHub.StartAsync(new WorldOptions { Limits = new LimitOptions { PointsPerMinute = 3 } });
        github.World.Accounts.AddToken("alice", "alice-1");
        using var first = await github.GetAsync("events", "alice-1");
        var tag = SimulatedGitHub.Header(first, "ETag");

        Assert.Equal(HttpStatusCode.NotModified, await github.GetStatusAsync("events", "alice-1", tag));
        Assert.Equal(HttpStatusCode.NotModified, await github.GetStatusAsync("events", "alice-1", tag));
        Assert.Equal(HttpStatusCode.Forbidden, await github.GetStatusAsync("events", "alice-1", tag));
    }

    [Fact]
    public async Task More_than_100_requests_at_once_are_too_many()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        github.World.Faults.Next("/events", Fault.HoldUntil(release.Task), times: 100);

        var held = Enumerable.Range(0, 100).Select(_ => github.GetStatusAsync("events", "alice-1")).ToList();
        while (github.World.Faults.Left > 0)
            await Task.Yield();
        using var refused = await github.GetAsync("events", "alice-1");
        release.SetResult();
        var statuses = await Task.WhenAll(held);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("60", SimulatedGitHub.Header(refused, "Retry-After"));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        github.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "alice-1"));
    }

    [Fact]
    public async Task Requests_are_counted_by_status_path_and_token()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.AddRepository("dotnet/runtime", events: 1);

        await github.GetStatusAsync("repos/dotnet/runtime/events?page=2", "alice-1");
        await github.GetStatusAsync("repos/dotnet/runtime/events");
        await github.GetStatusAsync("repos/dotnet/none", "alice-1");

        var requests = github.World.Requests;
        Assert.Equal(3, requests.Total);
        Assert.Equal(3, requests.CountedAgainstPrimaryLimit);
        Assert.Equal(2, requests.WithStatus(200));
        Assert.Equal(1, requests.WithStatus(404));
        Assert.Equal(2, requests.ToPath("/repos/dotnet/runtime/events"));
        Assert.Equal(2, requests.ByToken("alice-1"));
        Assert.Equal(1, requests.ByToken(""));
        Assert.Equal(["alice", "127.0.0.1", "alice"], requests.Recent.Select(request => request.Account));
        Assert.Equal("?page=2", requests.Recent[0].Query);
    }

    [Fact]
    public void A_window_begins_with_the_first_request_that_counts()
    {
        var alice = new GitHubWorld(TimeProvider.System).Accounts.User("alice", limit: 2);
        var at = SimulatedGitHub.Start;

        Assert.Equal(at.AddHours(1), alice.Quota(at).Reset);
        Assert.Equal(at.AddHours(2), alice.Quota(at.AddHours(1)).Reset);
        alice.Exhaust(at.AddHours(1));
        Assert.Equal(at.AddHours(2), alice.Quota(at.AddHours(1.5)).Reset);
        Assert.Equal(0, alice.Quota(at.AddHours(1.5)).Remaining);
        Assert.Equal(2, alice.Quota(at.AddHours(2)).Remaining);
        Assert.Equal("2", alice.Quota(at.AddHours(2)).Remaining.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<string> MessageAsync(HttpResponseMessage response) =>
        (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString()!;
}
