using System.Globalization;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub;

public sealed class GitHubClientTests
{
    private const string Html = "<html><body>Unicorn!</body></html>";

    [Fact]
    public async Task By_how_much_the_machines_clock_is_wrong_is_measured()
    {
        using var github = new StubGitHub();
        github.Time.Ahead = TimeSpan.FromMinutes(5);
        Assert.False(github.Meters.Measured.ContainsKey("repopulse.github.clock.difference"));

        github.Answers(200, "[]", ("Date", github.Time.Right.ToString("R")));
        await github.AskAsync();

        Assert.InRange(github.Meters.Measured["repopulse.github.clock.difference"], 299, 302);
    }

    [Fact]
    public async Task A_request_carries_what_GitHub_requires()
    {
        using var github = new StubGitHub().Answers(200, "[]");

        await github.AskAsync("W/\"abc\"");

        var request = Assert.Single(github.Requests).Request;
        Assert.Equal("https://api.github.com/repos/octo/cat/events?per_page=100", request.RequestUri!.AbsoluteUri);
        Assert.StartsWith("RepoPulse/", request.Headers.UserAgent.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/vnd.github+json", request.Headers.Accept.ToString());
        Assert.Equal(["2022-11-28"], request.Headers.GetValues("X-GitHub-Api-Version"));
        Assert.Equal("Bearer token-a", request.Headers.Authorization!.ToString());
        Assert.Equal(["W/\"abc\""], request.Headers.GetValues("If-None-Match"));
    }

    [Fact]
    public async Task Without_a_token_no_authorization_is_sent()
    {
        using var github = new StubGitHub(new GitHubOptions()).Answers(200, "[]");

        await github.AskAsync();

        Assert.Null(Assert.Single(github.Requests).Request.Headers.Authorization);
    }

    [Fact]
    public async Task A_page_comes_with_its_bytes_and_what_the_headers_say()
    {
        using var github = new StubGitHub().Answers(
            200,
            """[{"id":"1"}]""",
            ("ETag", "W/\"e\""),
            ("X-Poll-Interval", "75"),
            ("Link", "<https://api.github.com/repositories/9/events?per_page=100&page=3>; rel=\"last\", " +
                "<https://api.github.com/repositories/9/events?per_page=100&page=2>; rel=\"next\""));

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Page, answer.Kind);
        Assert.Equal("""[{"id":"1"}]"""u8, answer.Body.Span);
        Assert.Equal("W/\"e\"", answer.ETag);
        Assert.Equal(TimeSpan.FromSeconds(75), answer.PollInterval);
        Assert.Equal("https://api.github.com/repositories/9/events?per_page=100&page=2", answer.Next!.AbsoluteUri);
        Assert.Null(answer.Error);
    }

    [Theory]
    [InlineData(304, FeedResponseKind.NotModified)]
    [InlineData(403, FeedResponseKind.Forbidden)]
    [InlineData(404, FeedResponseKind.NotFound)]
    [InlineData(410, FeedResponseKind.Gone)]
    [InlineData(422, FeedResponseKind.EndOfPages)]
    [InlineData(451, FeedResponseKind.Blocked)]
    [InlineData(418, FeedResponseKind.Failed)]
    public async Task A_status_is_distinguished_and_asked_once(int status, FeedResponseKind kind)
    {
        using var github = new StubGitHub().Answers(
            status,
            """{"message":"As it is"}""",
            ("X-RateLimit-Limit", "5000"),
            ("X-RateLimit-Remaining", "4999"),
            ("X-RateLimit-Reset", "1795440000"));

        var answer = await github.AskAsync();

        Assert.Equal(kind, answer.Kind);
        Assert.Single(github.Requests);
        Assert.Null(github.Token.Account.BlockedUntil);
        Assert.Equal(4999, github.Token.Account.Primary!.Value.Remaining);
    }

    [Theory]
    [InlineData(301, FeedResponseKind.MovedPermanently)]
    [InlineData(308, FeedResponseKind.MovedPermanently)]
    [InlineData(302, FeedResponseKind.MovedTemporarily)]
    [InlineData(307, FeedResponseKind.MovedTemporarily)]
    public async Task A_redirect_is_reported_and_not_followed(int status, FeedResponseKind kind)
    {
        using var github = new StubGitHub().Answers(status, "", ("Location", "/repositories/42/events?per_page=100"));

        var answer = await github.AskAsync();

        Assert.Equal(kind, answer.Kind);
        Assert.Equal("https://api.github.com/repositories/42/events?per_page=100", answer.Location!.AbsoluteUri);
        Assert.Equal("repositories/42", github.Client.PathOf(answer.Location));
    }

    [Theory]
    [InlineData("https://evil.example/repositories/42/events")]
    [InlineData("http://api.github.com/repositories/42/events")]
    [InlineData("https://api.github.com:8443/repositories/42/events")]
    [InlineData("https://api.github.com/repositories/42")]
    public void An_address_elsewhere_is_no_feed_of_ours(string address)
    {
        using var github = new StubGitHub();

        Assert.Null(github.Client.PathOf(new Uri(address)));
    }

    [Fact]
    public async Task Server_errors_are_retried_with_growing_waits_until_one_answer_is_good()
    {
        using var github = new StubGitHub().Answers(502).Answers(503, Html).Throws(new HttpRequestException("connection reset")).Answers(
            200, "[]");

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Page, answer.Kind);
        Assert.Equal(4, github.Requests.Count);
        var waits = github.Requests.Zip(github.Requests.Skip(1), (a, b) => b.At - a.At).ToArray();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(31)));
    }

    [Theory]
    [InlineData(200, "[{\"id\":\"1\"", "broken JSON")]
    [InlineData(200, Html, "broken JSON")]
    [InlineData(200, "", "broken JSON")]
    [InlineData(500, "", "500")]
    [InlineData(502, "{\"message\":\"Server Error\"}", "502 Server Error")]
    public async Task An_answer_that_stays_bad_fails_after_the_retries_and_says_why(int status, string body, string fault)
    {
        using var github = new StubGitHub();
        for (var i = 0; i < 4; i++)
            github.Answers(status, body);

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Equal(4, github.Requests.Count);
        Assert.Contains(fault, answer.Error, StringComparison.Ordinal);
        Assert.Contains("/repos/octo/cat/events", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up_after_the_request_timeout()
    {
        using var github =
            new StubGitHub(new GitHubOptions { Tokens = ["t"], RequestTimeout = TimeSpan.FromSeconds(30), MaxRetries = 0 }).NeverAnswers();
        var start = github.Time.GetUtcNow();

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Contains("GitHub:RequestTimeout", answer.Error, StringComparison.Ordinal);
        Assert.InRange(github.Time.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_thrown()
    {
        using var github = new StubGitHub().NeverAnswers();
        using var stopping = new CancellationTokenSource();
        var asking = github.Client
            .GetPageAsync(new FeedRequest(github.Client.FirstPage("repos/octo/cat"), null, github.Token), stopping.Token)
            .AsTask();

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Retry_After_is_obeyed_before_anything_else(int status)
    {
        using var github = new StubGitHub().Answers(
            status,
            """{"message":"You have exceeded a secondary rate limit"}""",
            ("Retry-After", "90"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Limit", "5000"),
            ("X-RateLimit-Reset", "1795440000"));

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Limited, answer.Kind);
        Assert.Equal(github.Time.GetUtcNow() + TimeSpan.FromSeconds(90), answer.RetryAt);
        Assert.Equal(answer.RetryAt, github.Token.Account.BlockedUntil);
    }

    [Fact]
    public async Task A_spent_limit_waits_for_its_reset()
    {
        using var github = new StubGitHub();
        var reset = github.Time.GetUtcNow() + TimeSpan.FromMinutes(17);
        github.Answers(
            403,
            """{"message":"API rate limit exceeded"}""",
            ("X-RateLimit-Limit", "60"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

        var answer = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Limited, answer.Kind);
        Assert.Equal(reset, answer.RetryAt);
    }

    [Fact]
    public async Task The_last_request_of_an_hour_blocks_the_token_until_the_reset()
    {
        using var github = new StubGitHub();
        var reset = github.Time.GetUtcNow() + TimeSpan.FromMinutes(17);
        github.Answers(200, "[]", ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset
            .ToUnixTimeSeconds()
            .ToString(CultureInfo.InvariantCulture)));
        await github.AskAsync();

        var withheld = await github.AskAsync();

        Assert.Equal(FeedResponseKind.Limited, withheld.Kind);
        Assert.Equal(reset, withheld.RetryAt);
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_named_wait_waits_a_minute_and_doubles_while_it_goes_on()
    {
        using var github = new StubGitHub();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            github.Answers(403, """{"message":"You have exceeded a secondary rate limit. Please wait."}""");
            var answer = await github.AskAsync();
            waits.Add(answer.RetryAt!.Value - github.Time.GetUtcNow());
            github.Time.SetUtcNow(answer.RetryAt.Value);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits.Select(wait => wait.TotalMinutes));
    }

    [Fact]
    public async Task A_good_answer_ends_the_doubling()
    {
        using var github = new StubGitHub();
        const string Refusal = """{"message":"You have triggered an abuse detection mechanism"}""";
        github.Answers(429, Refusal).Answers(200, "[]").Answers(429, Refusal);
        var first = await github.AskAsync();
        github.Time.SetUtcNow(first.RetryAt!.Value);
        await github.AskAsync();

        var second = await github.AskAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), second.RetryAt - github.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_refused_token_is_out_of_use_and_the_others_carry_on()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["bad", "good"] })
            .Answers(401, """{"message":"Bad credentials"}""")
            .Answers(200, "[]");
        var bad = github.Tokens.Tokens[0];

        var refused = await github.AskAsync(token: bad);
        var withheld = await github.AskAsync(token: bad);
        var answered = await github.AskAsync(token: github.Tokens.Select(RepoPulse.Core.FeedAddress.OfOrganization("octo")));

        Assert.Equal(FeedResponseKind.TokenRefused, refused.Kind);
        Assert.Equal(FeedResponseKind.TokenRefused, withheld.Kind);
        Assert.Equal(FeedResponseKind.Page, answered.Kind);
        Assert.Equal(2, github.Requests.Count);
        Assert.False(github.Tokens.IsExhausted);
    }

    [Fact]
    public async Task Requests_keep_the_pace_that_is_configured()
    {
        using var github = new StubGitHub(new GitHubOptions { Tokens = ["t"], MaxRequestsPerMinute = 60 });
        for (var i = 0; i < 5; i++)
            github.Answers(200, "[]");
        var page = new FeedRequest(github.Client.FirstPage("repos/octo/cat"), null, github.Token);

        await github.Time.DriveAsync(
            Task.WhenAll(Enumerable.Range(0, 5).Select(_ => github.Client.GetPageAsync(page, CancellationToken.None).AsTask())));

        var span = github.Requests.Max(request => request.At) - github.Requests.Min(request => request.At);
        Assert.InRange(span, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4.5));
    }

    [Fact]
    public async Task A_repository_is_found_under_its_new_name_through_a_redirect()
    {
        using var github = new StubGitHub()
            .Answers(301, "", ("Location", "https://api.github.com/repositories/42"))
            .Answers(200, """{"id":42,"name":"cat","full_name":"octo/newcat"}""");

        var answer = await github.Time.DriveAsync(
            github.Client.GetRepositoryAsync("repos/octo/cat", github.Token, CancellationToken.None).AsTask());

        Assert.Equal(42, answer.Id.Value);
        Assert.Equal("octo/newcat", answer.Name.FullName);
    }

    [Fact]
    public async Task A_repository_whose_name_is_half_of_a_surrogate_pair_is_no_repository()
    {
        using var github = new StubGitHub().Answers(200, """{"id":42,"full_name":"\ud800"}""");

        var answer = await github.Time.DriveAsync(
            github.Client.GetRepositoryAsync("repos/octo/cat", github.Token, CancellationToken.None).AsTask());

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Contains("not a repository", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//a)b:c")]
    [InlineData("http://")]
    public async Task A_redirect_to_no_address_leads_nowhere(string location)
    {
        using var github = new StubGitHub().Answers(301, "", ("Location", location));

        var answer = await github.Time.DriveAsync(
            github.Client.GetRepositoryAsync("repos/octo/cat", github.Token, CancellationToken.None).AsTask());

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_token_never_travels_to_another_host()
    {
        using var github = new StubGitHub().Answers(301, "", ("Location", "https://evil.example/repositories/42"));

        var answer = await github.Time.DriveAsync(
            github.Client.GetRepositoryAsync("repos/octo/cat", github.Token, CancellationToken.None).AsTask());

        Assert.Equal(FeedResponseKind.MovedPermanently, answer.Kind);
        Assert.Single(github.Requests);
    }
}
