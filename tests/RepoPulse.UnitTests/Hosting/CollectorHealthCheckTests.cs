using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Collector;
using RepoPulse.GitHub;
using RepoPulse.Hosting;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Hosting;

public sealed class CollectorHealthCheckTests : IDisposable
{
    private readonly StubGitHub _github = new(new GitHubOptions { Tokens = ["a", "b"] });
    private readonly CollectorStatus _status = new();

    public CollectorHealthCheckTests() => _status.Watching(3);

    [Fact]
    public async Task With_every_token_usable_it_is_healthy()
        => Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

    [Fact]
    public async Task A_token_that_waits_degrades_it_and_is_reported_with_the_time()
    {
        _github.Answers(429, "", ("Retry-After", "600"));
        await _github.AskAsync();

        var health = await CheckAsync();

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(
            "1 of 2 tokens wait for a limit of GitHub's, until 2026-11-23T12:10:00Z at the latest",
            health.Description,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_every_token_waits_it_says_until_when()
    {
        _github.Answers(429, "", ("Retry-After", "600")).Answers(429, "", ("Retry-After", "300"));
        foreach (var token in _github.Tokens.Tokens)
            await _github.AskAsync(token: token);

        var health = await CheckAsync();

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(
            "every token waits for a limit of GitHub's, until 2026-11-23T12:05:00Z", health.Description, StringComparison.Ordinal);
        _github.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task A_refused_token_degrades_it_and_none_left_makes_it_unhealthy()
    {
        _github.Answers(401).Answers(401);
        await _github.AskAsync();
        var one = await CheckAsync();
        await _github.AskAsync(token: _github.Tokens.Tokens[1]);

        var none = await CheckAsync();

        Assert.Equal((HealthStatus.Degraded, HealthStatus.Unhealthy), (one.Status, none.Status));
        Assert.Contains("1 of 2 tokens refused", one.Description, StringComparison.Ordinal);
        Assert.Contains("GitHub:Tokens", none.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_poll_failed_with_is_left_to_the_log()
    {
        _status.Failed("'/data/secret.db' is locked while octo/hidden was polled.");

        var health = await CheckAsync();

        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Equal("The store cannot be read or written, or a poll failed otherwise. This server's log says why.", health.Description);
    }

    [Fact]
    public async Task Beside_an_API_it_says_nothing_that_a_hidden_repository_has_a_part_in()
    {
        _status.Polled(_github.Time.GetUtcNow());
        _status.SetSlowdown(1.7);

        var alone = (await CheckAsync()).Description;
        var beside = (await CheckAsync(besideApi: true)).Description;

        Assert.Equal("3 feeds watched; last poll 2026-11-23T12:00:00Z; polled 1.7 times more rarely than wanted, because GitHub's " +
            "limits do not suffice", alone);
        Assert.Equal("Feeds are watched; polled more rarely than wanted, because GitHub's limits do not suffice", beside);
    }

    public void Dispose() => _github.Dispose();

    private Task<HealthCheckResult> CheckAsync(bool besideApi = false) =>
        new CollectorHealthCheck(_status, _github.Tokens, besideApi).CheckHealthAsync(new HealthCheckContext());
}
