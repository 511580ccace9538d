using System.Net;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Traffic;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class ViolationTests
{
    [Fact]
    public async Task A_request_before_the_time_that_was_given_is_a_violation_and_one_at_it_is_none()
    {
        using var github = Start();
        github.World.Faults.Next("/events", Fault.Answer(429).With("Retry-After", "30"));

        await github.GetStatusAsync("events", "alice-1");
        Assert.Equal(0, github.World.Requests.ViolationCount);
        github.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        await github.GetStatusAsync("repos/a/b", "alice-1");
        var violation = Assert.Single(github.World.Requests.Violations);
        github.Time.Advance(TimeSpan.FromTicks(1));
        await github.GetStatusAsync("events", "alice-1");

        Assert.Equal(ViolationKind.AskedToWait, violation.Kind);
        Assert.Equal("alice", violation.Account);
        Assert.Equal("/repos/a/b", violation.Path);
        Assert.Equal(DirectGitHub.Start.AddSeconds(30), violation.Until);
        Assert.Equal(1, github.World.Requests.ViolationCount);
        Assert.Equal(new AccountTraffic(Total: 3, Counted: 2, Violations: 1), github.World.Requests.OfAccount("alice"));
    }

    [Fact]
    public async Task Where_no_time_is_given_it_is_the_reset_of_a_spent_limit_or_a_minute()
    {
        using var github = Start(new LimitOptions { PerUser = 1 });
        await github.GetStatusAsync("events", "alice-1");
        Assert.Equal(HttpStatusCode.Forbidden, await github.GetStatusAsync("events", "alice-1"));
        github.World.Faults.Next("/events", Fault.Answer(403, """{"message":"You have exceeded a secondary rate limit."}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await github.GetStatusAsync("events", "bob-1"));

        github.Time.Advance(TimeSpan.FromSeconds(59));
        await github.GetStatusAsync("events", "bob-1");
        github.Time.Advance(TimeSpan.FromMinutes(59) + TimeSpan.FromSeconds(0.5));
        await github.GetStatusAsync("events", "alice-1");

        Assert.Equal(
            [("bob", DirectGitHub.Start.AddMinutes(1)), ("alice", DirectGitHub.Start.AddHours(1))],
            github.World.Requests.Violations.Select(violation => (violation.Account, violation.Until!.Value)));
    }

    [Fact]
    public async Task A_lack_of_permission_asks_nobody_to_wait()
    {
        using var github = Start();
        github.World.Faults.Next("/events", Fault.Answer(403, """{"message":"Resource not accessible by personal access token"}"""));

        await github.GetStatusAsync("events", "alice-1");
        await github.GetStatusAsync("events", "alice-1");

        Assert.Empty(github.World.Requests.Violations);
    }

    [Fact]
    public async Task The_limits_may_be_asked_for_while_the_primary_limit_is_spent_and_not_after_a_secondary_one()
    {
        using var github = Start(new LimitOptions { PerUser = 1 });
        await github.GetStatusAsync("events", "alice-1");
        await github.GetStatusAsync("events", "alice-1");
        await github.GetStatusAsync("rate_limit", "alice-1");
        Assert.Empty(github.World.Requests.Violations);
        github.World.Faults.Next("/rate_limit", Fault.Answer(429).With("Retry-After", "30"));

        await github.GetStatusAsync("rate_limit", "alice-1");
        await github.GetStatusAsync("rate_limit", "alice-1");

        Assert.Single(github.World.Requests.Violations);
    }

    [Fact]
    public async Task What_was_already_under_way_when_the_refusal_was_sent_is_no_violation()
    {
        using var github = Start();
        var release = new TaskCompletionSource();
        github.World.Faults.Next("/rate_limit", Fault.HoldUntil(release.Task));
        github.World.Faults.Next("/events", Fault.Answer(429).With("Retry-After", "30"));

        var underWay = github.Client.GetAsync("rate_limit");
        await github.Client.GetAsync("events");
        release.SetResult();
        await underWay;

        Assert.Empty(github.World.Requests.Violations);
    }

    [Fact]
    public async Task A_refusal_that_the_client_has_not_received_yet_binds_nobody()
    {
        using var github = Start();
        github.SetWeather(new FaultWeatherOptions { MinLatency = TimeSpan.FromSeconds(2) });
        github.World.Faults.Next("/events", Fault.Answer(429).With("Retry-After", "30"));

        var refused = github.Client.GetAsync("events");
        github.Time.Advance(TimeSpan.FromSeconds(1.5)); // refused, and the refusal is on its way
        var next = github.Client.GetAsync("rate_limit");
        github.Time.Advance(TimeSpan.FromSeconds(1));
        github.Time.Advance(TimeSpan.FromSeconds(1));
        await refused;
        await next;
        Assert.Empty(github.World.Requests.Violations);
        await github.GetStatusAsync("rate_limit");

        Assert.Single(github.World.Requests.Violations);
    }

    [Fact]
    public async Task Another_token_of_the_user_is_distinguished()
    {
        using var github = Start();
        github.World.Accounts.AddToken("alice", "alice-2");
        github.World.Faults.Next("/events", Fault.Answer(429).With("Retry-After", "30"));

        await github.GetStatusAsync("events", "alice-1");
        await github.GetStatusAsync("events", "alice-2");
        await github.GetStatusAsync("events", "bob-1");

        Assert.Equal(0, github.World.Requests.ViolationCount);
        Assert.Equal(1, github.World.Requests.WithViolation(ViolationKind.OtherTokenAskedToWait));
    }

    [Fact]
    public async Task A_client_that_starts_again_knows_of_nothing()
    {
        using var github = Start();
        github.World.Faults.Next("/events", Fault.Answer(429).With("Retry-After", "30"));
        await github.GetStatusAsync("events", "alice-1");

        github.World.Accounts.ForgetNotices();
        await github.GetStatusAsync("events", "alice-1");

        Assert.Empty(github.World.Requests.Violations);
    }

    [Fact]
    public async Task More_than_the_secondary_limits_are_violations_of_their_own()
    {
        using var github = Start(new LimitOptions { PointsPerMinute = 3, MaxConcurrent = 2, SecondaryPenalty = TimeSpan.FromSeconds(10) });
        for (var i = 0; i < 4; i++)
            await github.GetStatusAsync("events", "alice-1");
        var release = new TaskCompletionSource();
        github.World.Faults.Next("/events", Fault.HoldUntil(release.Task), times: 2);
        var held = Enumerable.Range(0, 2).Select(_ => github.Client.GetAsync("events")).ToList();
        await github.GetStatusAsync("rate_limit");
        release.SetResult();
        await Task.WhenAll(held);

        Assert.Equal(
            [("alice", ViolationKind.PointsPerMinute), ("127.0.0.1", ViolationKind.Concurrency)],
            github.World.Requests.Violations.Select(violation => (violation.Account, violation.Kind)));
        Assert.Equal(2, github.World.Requests.ViolationCount);
    }

    [Fact]
    public async Task A_window_does_not_begin_with_a_request_that_turns_out_free()
    {
        using var github = Start();
        using var first = await github.GetAsync("events", "alice-1");
        github.Time.Advance(TimeSpan.FromHours(2));
        using var free = await github.GetAsync("events", "alice-1", SimulatedGitHub.Header(first, "ETag"));
        github.Time.Advance(TimeSpan.FromMinutes(30));

        await github.GetStatusAsync("events", "alice-1");

        Assert.Equal(HttpStatusCode.NotModified, free.StatusCode);
        Assert.Equal(DirectGitHub.Start.AddHours(3.5), github.World.Accounts.User("alice").Quota(github.Time.GetUtcNow()).Reset);
    }

    private static DirectGitHub Start(LimitOptions? limits = null)
    {
        var github = new DirectGitHub(new WorldOptions { Limits = limits ?? new() });
        github.World.Accounts.AddToken("alice", "alice-1");
        github.World.Accounts.AddToken("bob", "bob-1");
        return github;
    }
}
