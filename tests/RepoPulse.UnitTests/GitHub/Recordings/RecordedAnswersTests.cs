using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.Recordings;

/// <summary>What the client makes of responses that GitHub once gave, over a real connection.</summary>
public sealed class RecordedAnswersTests
{
    [Fact]
    public async Task A_304_keeps_the_page_and_costs_nothing()
    {
        await using var replay = new Replay(
            [.. Recording.PyGithub("ConditionalRequestUpdate.setUp"), .. Recording.PyGithub("ConditionalRequestUpdate.testDidNotUpdate"), .. Recording.PyGithub("ConditionalRequestUpdate.testDidUpdate")]);

        var first = await replay.AskAsync();
        var unchanged = await replay.AskAsync(first.ETag);
        var left = replay.Account.Primary!.Value.Remaining;
        var changed = await replay.AskAsync(first.ETag);

        Assert.Equal(
            (FeedResponseKind.Page, FeedResponseKind.NotModified, FeedResponseKind.Page), (first.Kind, unchanged.Kind, changed.Kind));
        Assert.Equal("\"8600bedcb7fed1d8065e1693e05529ce\"", first.ETag);
        Assert.Equal(first.ETag, unchanged.ETag);
        Assert.Equal("\"ef281ef0e821c18f80da36902727160b\"", changed.ETag);
        Assert.Equal((4_988, 4_987), (left, replay.Account.Primary.Value.Remaining));
        Assert.Contains("\r\nIf-None-Match: \"8600bedcb7fed1d8065e1693e05529ce\"\r\n", replay.Requests[1], StringComparison.Ordinal);
        Assert.Equal(0, unchanged.Body.Length);

        // The responses are of 2013, and so are their dates: how much of the hour is left is judged by these.
        Assert.InRange(
            replay.Account.Primary.Value.ResetsAt - replay.GitHub.Time.GetUtcNow(), TimeSpan.FromMinutes(40), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_401_puts_the_token_out_of_use()
    {
        await using var replay = new Replay(Recording.PyGithub("SpecificExceptions.testBadCredentials"));

        var answer = await replay.AskAsync();
        var withheld = await replay.AskAsync();

        Assert.Equal((FeedResponseKind.TokenRefused, FeedResponseKind.TokenRefused), (answer.Kind, withheld.Kind));
        Assert.Contains("401 Bad credentials", answer.Error, StringComparison.Ordinal);
        Assert.Equal(TokenPoolState.Exhausted, replay.GitHub.Tokens.Condition);
        Assert.Single(replay.Requests);
    }

    [Fact]
    public async Task A_403_at_the_limit_of_an_address_without_a_reset_waits_a_minute()
    {
        await using var replay = new Replay(Recording.PyGithub("SpecificExceptions.testRateLimitExceeded"), new GitHubOptions());

        var last = await replay.AskAsync();
        var answer = await replay.AskAsync();

        Assert.Equal((FeedResponseKind.Page, FeedResponseKind.Limited), (last.Kind, answer.Kind));
        Assert.InRange(answer.RetryAt!.Value - replay.GitHub.Time.GetUtcNow(), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        Assert.Contains("API Rate Limit Exceeded", answer.Error, StringComparison.Ordinal);
        Assert.Equal(1, replay.GitHub.Meters.Measured["repopulse.github.limits{kind=primary}"]);
    }

    [Fact]
    public async Task A_403_for_abuse_waits_as_Retry_After_says()
    {
        await using var replay = new Replay(Recording.PyGithub("SpecificExceptions.testAuthenticatedRateLimitExceeded"));

        await replay.AskAsync();
        var answer = await replay.AskAsync();
        var withheld = await replay.AskAsync();

        Assert.Equal(FeedResponseKind.Limited, answer.Kind);
        Assert.InRange(answer.RetryAt!.Value - replay.GitHub.Time.GetUtcNow(), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        Assert.Equal(answer.RetryAt, withheld.RetryAt);
        Assert.Equal(2, replay.Requests.Count);
        Assert.Equal(1, replay.GitHub.Meters.Measured["repopulse.github.limits{kind=secondary}"]);
    }

    [Fact]
    public async Task A_403_for_the_User_Agent_is_no_limit()
    {
        await using var replay = new Replay(Recording.PyGithub("SpecificExceptions.testBadUserAgent"));

        var answer = await replay.AskAsync();

        Assert.Equal(FeedResponseKind.Forbidden, answer.Kind);
        Assert.Contains("Missing or invalid User Agent string", answer.Error, StringComparison.Ordinal);
        Assert.Null(replay.Account.BlockedUntil);
        Assert.Contains("\r\nUser-Agent: RepoPulse/", replay.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_404_is_recognised_by_the_response_before()
    {
        await using var replay = new Replay(Recording.PyGithub("Exceptions.testUnknownObject"));

        Assert.Equal(FeedResponseKind.Page, (await replay.AskAsync()).Kind);
        Assert.Equal(FeedResponseKind.NotFound, (await replay.AskAsync()).Kind);
    }

    [Fact]
    public async Task After_three_times_502_the_fourth_answer_names_the_repository()
    {
        await using var replay = new Replay(Recording.PyGithub("Retry.testReturnsRepoAfter3Retries"));

        var answer = await replay.DriveAsync(
            replay.GitHub.Client.GetRepositoryAsync("repos/PyGithub/PyGithub", replay.GitHub.Token, CancellationToken.None).AsTask());

        Assert.Equal((3_544_490L, "PyGithub/PyGithub"), (answer.Id.Value, answer.Name.FullName));
        Assert.Equal(4, replay.Requests.Count);
        Assert.Equal(3, replay.GitHub.Meters.Measured["repopulse.github.retries"]);
        Assert.Equal(3, replay.GitHub.Meters.Measured["repopulse.github.answers{http.response.status_code=502}"]);
    }

    [Fact]
    public async Task Four_times_502_is_a_failure()
    {
        await using var replay = new Replay(Recording.PyGithub("Retry.testRaisesRetryErrorAfterMaxRetries"));

        var answer = await replay.AskAsync();

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Contains("502", answer.Error, StringComparison.Ordinal);
        Assert.Equal(4, replay.Requests.Count);
    }

    [Fact]
    public async Task A_503_with_HTML_is_a_failure_though_it_says_that_it_is_JSON()
    {
        await using var replay = new Replay(Recording.PyGithub("Exceptions.testNonJsonDataReturnedByGithub"), maxRetries: 0);

        var answer = await replay.AskAsync();

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.EndsWith(": 503", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_200_with_broken_JSON_is_a_failure()
    {
        await using var replay = new Replay(Recording.PyGithub("Exceptions.testJSONParseError"), maxRetries: 0);

        var answer = await replay.AskAsync();

        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Contains("200 with broken JSON", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_recording_a_connection_that_is_cut_is_a_failure_too()
    {
        await using var replay = new Replay([], maxRetries: 0);

        Assert.Equal(FeedResponseKind.Failed, (await replay.AskAsync()).Kind);
    }

    [Fact]
    public async Task The_limit_itself_can_be_asked_for()
    {
        await using var replay = new Replay(Recording.PyGithub("RateLimiting.testGetRateLimit"));

        var answer = await replay.DriveAsync(replay.GitHub.Client.CheckTokenAsync(replay.GitHub.Token, CancellationToken.None).AsTask());

        Assert.Equal(FeedResponseKind.Page, answer.Kind);
        Assert.Equal(
            (5_000, 4_904, 96),
            (replay.Account.Primary!.Value.Limit, replay.Account.Primary.Value.Remaining, replay.Account.Primary.Value.Used));
    }

    [Fact]
    public async Task Ten_pages_are_linked_to_one_another_with_weak_ETags()
    {
        await using var replay = new Replay(Recording.Hub4j());
        var answers = new List<FeedResponse>();
        for (var page = new Uri("https://api.github.com/events"); page is not null; page = answers[^1].Next)
            answers.Add(await replay.AskAsync(page: page));

        Assert.Equal(10, answers.Count);
        Assert.All(answers, answer => Assert.Equal(FeedResponseKind.Page, answer.Kind));
        Assert.All(answers, answer => Assert.StartsWith("W/\"", answer.ETag, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Equal(TimeSpan.FromMinutes(1), answer.PollInterval));
        Assert.Equal(answers[1].ETag, answers[2].ETag);
        Assert.Equal(["/events", .. Enumerable.Range(2, 9).Select(page => $"/events?page={page}")], replay.Requests.Select(
            request => request.Split(' ')[1]));
        Assert.Equal(4_964, replay.Account.Primary!.Value.Remaining);
    }

    [Fact]
    public async Task Feeds_of_every_kind_come_byte_for_byte_with_strong_ETags_and_their_next_page()
    {
        var exchanges = Recording.Octokit();
        await using var replay = new Replay(exchanges);

        foreach (var exchange in exchanges)
        {
            var answer = await replay.AskAsync();

            Assert.Equal(FeedResponseKind.Page, answer.Kind);
            Assert.Equal(exchange.Body, answer.Body);
            Assert.StartsWith("\"", answer.ETag, StringComparison.Ordinal);
            Assert.Equal(exchange.Header("Etag"), answer.ETag);
            Assert.Equal(exchange.Header("Link") is null, answer.Next is null);
            Assert.Equal(exchange.Header("X-Poll-Interval") is null, answer.PollInterval is null);
        }
    }

    [Fact]
    public async Task The_page_after_the_last_is_an_empty_array()
    {
        await using var replay = new Replay(Recording.PyGithub("Organization.testGetEvents"));

        var first = await replay.AskAsync();
        var last = await replay.AskAsync(page: first.Next);

        Assert.Equal("https://api.github.com/orgs/BeaverSoftware/events?page=2", first.Next!.AbsoluteUri);
        Assert.Equal("[]"u8, last.Body.Span);
    }

    [Fact]
    public async Task Whatever_was_recorded_is_answered_and_never_thrown()
    {
        foreach (var name in Recording.PyGithubNames())
        {
            var exchanges = Recording.PyGithub(name);
            await using var replay = new Replay(exchanges, maxRetries: 0);
            foreach (var exchange in exchanges)
            {
                var answer = await replay.AskAsync();
                if (exchange.IsFeed)
                    Assert.True(
                        answer.Kind == FeedResponseKind.Page && answer.Body.Span.SequenceEqual(exchange.Body), $"{name}: {exchange.Path}");
            }
        }
    }
}
