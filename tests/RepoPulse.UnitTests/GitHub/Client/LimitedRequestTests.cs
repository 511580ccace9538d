using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;
using static RepoPulse.UnitTests.GitHub.RateLimits.Headers;

namespace RepoPulse.UnitTests.GitHub.Client;

/// <summary>What limits and refusals do to the requests that follow, to the log and to the statistics.</summary>
public sealed class LimitedRequestTests
{
    private const string Secondary = """{"message":"You have exceeded a secondary rate limit. Please wait."}""";

    [Fact]
    public async Task Requests_that_wait_in_the_pace_of_an_account_that_is_refused_are_not_sent()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["t"], MaxRequestsPerMinute = 60 })
            .Answers(200, "[]")
            .Answers(429, Secondary);

        var answers = await github.Time.DriveAsync(Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(github, github.Token))));

        Assert.Equal(2, github.Requests.Count);
        Assert.Equal(19, answers.Count(answer => answer.Kind == FeedResponseKind.Limited));
        Assert.Single(answers.Where(answer => answer.RetryAt is not null).Select(answer => answer.RetryAt).Distinct());
        Assert.Single(github.Logged());
    }

    [Fact]
    public async Task Requests_under_way_together_that_are_refused_are_one_limit_met()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["t"], MaxRequestsPerMinute = 100_000 });
        var refused = new TaskCompletionSource();
        for (var i = 0; i < 50; i++)
            github.AnswersAfter(refused.Task, i % 2 == 0 ? 403 : 429, Secondary);
        var asking = Enumerable.Range(0, 50).Select(_ => Ask(github, github.Token)).ToArray();
        await github.Time.DriveAsync(UntilAsync(() => github.Requests.Count == 50));
        refused.SetResult();

        // A request that is refused returns at once: time need not move, and must not while a thread is slow to return.
        var answers = await Task.WhenAll(asking);

        Assert.All(answers, answer => Assert.InRange(
            answer.RetryAt!.Value - github.Time.GetUtcNow(), TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(60)));
        Assert.Single(github.Logged());
        Assert.Equal(1, github.Meters.Measured["repopulse.github.limits{kind=secondary}"]);
        Assert.Equal(25, github.Meters.Measured["repopulse.github.answers{http.response.status_code=429}"]);
    }

    [Fact]
    public async Task A_spent_limit_is_a_primary_one_and_waiting_for_the_reserve_is_none()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["a", "b"] });
        var reset = github.Time.GetUtcNow().AddMinutes(17);
        github
            .Answers(200, "[]", Of(5_000, 90, reset))
            .Answers(403, """{"message":"API rate limit exceeded for user ID 1."}""", Of(5_000, 0, reset));
        var (a, b) = (github.Tokens.Tokens[0], github.Tokens.Tokens[1]);

        await github.AskAsync(token: a);
        var kept = await github.AskAsync(token: a);
        var refused = await github.AskAsync(token: b);

        Assert.Equal(2, github.Requests.Count);
        Assert.Equal((reset, reset), (kept.RetryAt, refused.RetryAt));
        Assert.Equal(1, github.Meters.Measured["repopulse.github.limits{kind=primary}"]);
        Assert.Equal(90, github.Meters.Measured[$"repopulse.github.requests.remaining{{account={a.Name}}}"]);
        Assert.Equal(0, github.Meters.Measured[$"repopulse.github.requests.remaining{{account={b.Name}}}"]);
        Assert.Equal(5_000, github.Meters.Measured[$"repopulse.github.requests.limit{{account={a.Name}}}"]);
        Assert.Equal(2, github.Meters.Measured["repopulse.github.tokens{state=blocked}"]);
    }

    [Fact]
    public async Task That_every_token_waits_is_reported_once_and_that_it_is_over_once()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["a", "b"] });
        github.Answers(429, Secondary, ("Retry-After", "60"))
            .Answers(429, Secondary, ("Retry-After", "90"))
            .Answers(200, "[]")
            .Answers(200, "[]");
        foreach (var token in github.Tokens.Tokens.Concat(github.Tokens.Tokens))
            await github.AskAsync(token: token);
        Assert.Equal(TokenPoolState.Waiting, github.Tokens.Condition);
        Assert.Equal(github.Time.GetUtcNow().AddSeconds(60), github.Tokens.WaitsUntil!.Value, TimeSpan.FromSeconds(1));
        github.Time.Advance(TimeSpan.FromSeconds(90));

        await github.AskAsync();
        await github.AskAsync();

        Assert.Equal(4, github.Requests.Count);
        Assert.Single(github.Logged(), message => message.StartsWith("Every token waits", StringComparison.Ordinal));
        Assert.Single(github.Logged(LogLevel.Information), message => message == "GitHub is asked again");
        Assert.Equal(3, github.Logged().Count);
    }

    [Fact]
    public async Task That_no_token_is_left_is_reported_once()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["a", "b"] })
            .Answers(401, """{"message":"Bad credentials"}""", Of(60, 59, default))
            .Answers(401);
        foreach (var token in github.Tokens.Tokens.Concat(github.Tokens.Tokens))
            await github.AskAsync(token: token);

        Assert.Equal(2, github.Requests.Count);
        Assert.Null(github.Token.Account.Primary); // the address's limits are not the token's
        Assert.Equal(TokenPoolState.Exhausted, github.Tokens.Condition);
        Assert.Equal(3, github.Logged(LogLevel.Error).Count);
        Assert.Equal(2, github.Meters.Measured["repopulse.github.tokens.refused"]);
        Assert.Equal(2, github.Meters.Measured["repopulse.github.tokens{state=refused}"]);
        Assert.DoesNotContain(github.Logged(LogLevel.Trace), message => message.Contains("octo", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 23 Nov 2026 12:07:00 GMT", 120)]
    [InlineData("Mon, 23 Nov 2026 12:00:00 GMT", 0)]
    [InlineData("999999999", 86_400)]
    public async Task Retry_After_is_seconds_or_a_date_of_GitHubs_clock(string retryAfter, int seconds)
    {
        // GitHub's clock says five past twelve, ours twelve.
        using var github = new StubGitHub().Answers(403, Secondary, ("Retry-After", retryAfter), ("Date", "Mon, 23 Nov 2026 12:05:00 GMT"));
        var start = github.Time.GetUtcNow();

        var answer = await github.AskAsync();

        Assert.Equal(start.AddSeconds(seconds), answer.RetryAt!.Value, TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task Two_tokens_of_one_user_keep_one_pace_and_one_limit_once_they_are_known_to()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["a", "b"], MaxRequestsPerMinute = 600 });
        var (used, reset) = (0, github.Time.GetUtcNow().AddHours(1));
        github.Answer = _ => StubGitHub.Response(200, "[]", Of(5_000, 5_000 - ++used, reset));
        for (var i = 0; i < 40; i++)
            await github.AskAsync(token: github.Tokens.Tokens[i % 2]);
        Assert.Single(github.Tokens.Accounts);

        github.Requests.Clear();
        await github.Time.DriveAsync(Task.WhenAll(Enumerable.Range(0, 20).Select(i => Ask(github, github.Tokens.Tokens[i % 2]))));

        Assert.All(
            github.Requests.OrderBy(request => request.At).Zip(github.Requests.OrderBy(request => request.At).Skip(1)),
            pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.FromMilliseconds(99), TimeSpan.FromMilliseconds(201)));
        Assert.Equal(4_940, github.Tokens.Accounts[0].Primary!.Value.Remaining);
        Assert.Single(github.Meters.Measured.Keys, key => key.StartsWith("repopulse.github.requests.remaining", StringComparison.Ordinal)
            && github.Meters.Measured[key] == 4_940);
    }

    private static Task<FeedResponse> Ask(StubGitHub github, GitHubToken token)
        => github.Client
            .GetPageAsync(new FeedRequest(github.Client.FirstPage("repos/octo/cat"), null, token), CancellationToken.None)
            .AsTask();

    private static async Task<bool> UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
            await Task.Yield();
        return true;
    }
}
