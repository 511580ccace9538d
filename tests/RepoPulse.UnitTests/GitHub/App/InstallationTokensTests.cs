using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.App;

public sealed class InstallationTokensTests
{
    [Theory]
    [InlineData("https://api.github.com")]
    [InlineData("https://github.example.org/api/v3")]
    public async Task The_first_request_fetches_a_token_and_the_next_ones_use_it(string apiUrl)
    {
        using var app = new StubApp(new GitHubOptions { ApiUrl = new Uri(apiUrl) });

        var answer = await app.GitHub.AskAsync();
        await app.GitHub.AskAsync();

        Assert.Equal(FeedResponseKind.Page, answer.Kind);
        Assert.Equal(["ghs_1", "ghs_1"], app.Used);
        Assert.Equal(1, app.Given);
    }

    [Fact]
    public async Task Many_requests_at_once_fetch_one_token()
    {
        using var app = new StubApp();

        await AskAtOnceAsync(app, 30);

        Assert.Equal(1, app.Given);
        Assert.Equal(30, app.Used.Count);
    }

    [Fact]
    public async Task A_token_is_renewed_five_minutes_before_its_end_under_another_fingerprint_and_the_same_name()
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        var (first, name, account) = (app.Token.Fingerprint, app.Token.Name, app.Token.Account);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(54));
        await app.GitHub.AskAsync();
        Assert.Equal(1, app.Given);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(1));

        await app.GitHub.AskAsync();

        Assert.Equal(["ghs_1", "ghs_1", "ghs_2"], app.Used);
        Assert.NotEqual(first, app.Token.Fingerprint);
        Assert.Equal((name, account), (app.Token.Name, app.Token.Account));
        Assert.Same(app.Token, app.GitHub.Tokens.Select(FeedAddress.OfOrganization("octo"), preferred: first));
        Assert.Equal(2, app.GitHub.Meters.Measured["repopulse.github.app.renewals{outcome=renewed}"]);
    }

    [Fact]
    public async Task When_renewing_fails_the_token_is_used_to_its_end_and_others_are_asked_for_with_growing_waits()
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(55));
        for (var i = 0; i < 20; i++)
            app.Refuses(502);

        for (var minute = 55; minute < 60; minute++)
        {
            for (var second = 0; second < 60; second++)
            {
                Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
                app.GitHub.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.All(app.Used, token => Assert.Equal("ghs_1", token));
        Assert.InRange(app.Asked, 8, 12);
        Assert.Equal(app.Asked - 1, app.GitHub.Logged().Count);
        Assert.Equal(app.Asked - 1, app.GitHub.Meters.Measured["repopulse.github.app.renewals{outcome=failed}"]);

        var answer = await app.GitHub.AskAsync();
        Assert.Equal(FeedResponseKind.Failed, answer.Kind);
        Assert.Contains("installation 678", answer.Error, StringComparison.Ordinal);
        Assert.False(app.Token.IsRefused);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(20));
        for (var i = app.Asked; i < 21; i++)
        {
            await app.GitHub.AskAsync();
            app.GitHub.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Setting_the_machines_clock_neither_ends_a_token_nor_keeps_it_beyond_its_end(int minutes)
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        app.GitHub.Time.Ahead = TimeSpan.FromMinutes(minutes);
        app.Ahead = TimeSpan.FromMinutes(-minutes);

        await app.GitHub.AskAsync();
        Assert.Equal(1, app.Asked);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
        Assert.Equal(2, app.Asked);
        Assert.Equal(2, app.Given);
    }

    [Fact]
    public async Task While_one_request_renews_the_others_go_on()
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(56));

        await AskAtOnceAsync(app, 30);

        Assert.Equal(2, app.Given);
        Assert.Equal(31, app.Used.Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_time_is_replaced_once_by_all_who_had_it()
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        app.Revoke();

        var answers = await AskAtOnceAsync(app, 30);

        Assert.All(answers, answer => Assert.Equal(FeedResponseKind.Page, answer.Kind));
        Assert.Equal(2, app.Given);
        Assert.False(app.Token.IsRefused);
    }

    [Fact]
    public async Task An_installation_whose_new_token_is_refused_as_well_is_out_of_use()
    {
        using var app = new StubApp { Lifetime = TimeSpan.FromHours(1) };
        await app.GitHub.AskAsync();
        var respond = app.GitHub.Answer!;
        app.GitHub.Answer = request => request.Method == HttpMethod.Get
            ? StubGitHub.Response(401, """{"message":"Bad credentials"}""")
            : respond(request);

        var answer = await app.GitHub.AskAsync();
        var withheld = await app.GitHub.AskAsync();

        Assert.Equal((FeedResponseKind.TokenRefused, FeedResponseKind.TokenRefused), (answer.Kind, withheld.Kind));
        Assert.True(app.Token.IsRefused);
        Assert.Equal(2, app.Given);
    }

    [Theory]
    [InlineData(401, "A JSON web token could not be decoded")]
    [InlineData(403, "This installation has been suspended")]
    [InlineData(404, "Not Found")]
    public async Task An_App_or_installation_that_GitHub_does_not_know_is_out_of_use_and_the_others_carry_on(int status, string message)
    {
        using var app = new StubApp(new GitHubOptions { Tokens = ["t"] });
        app.Refuses(status, message);

        var answer = await app.GitHub.AskAsync(token: app.Token);

        Assert.Equal(FeedResponseKind.TokenRefused, answer.Kind);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.Equal("t", app.GitHub.Tokens.Select(FeedAddress.OfOrganization("octo"))!.Secret);
        Assert.Single(app.GitHub.Logged(LogLevel.Error));
        await app.GitHub.AskAsync(token: app.Token);
        Assert.Equal(1, app.Asked);
    }

    [Fact]
    public async Task A_limit_on_asking_for_tokens_is_waited_for()
    {
        using var app = new StubApp();
        app.Refuses(429, "You have exceeded a secondary rate limit", ("Retry-After", "300"));

        var first = await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromSeconds(290));
        var second = await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal((FeedResponseKind.Limited, FeedResponseKind.Limited), (first.Kind, second.Kind));
        Assert.Equal(first.RetryAt, second.RetryAt);
        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
        Assert.Equal(2, app.Asked);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(30)]
    public async Task A_clock_that_differs_from_GitHubs_does_no_harm(int minutesAhead)
    {
        using var app = new StubApp { Ahead = TimeSpan.FromMinutes(minutesAhead) };

        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
        Assert.Equal(2, app.Asked);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(54));
        await app.GitHub.AskAsync();
        Assert.Equal(1, app.Given);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(2));
        await app.GitHub.AskAsync();

        Assert.Equal(2, app.Given);
        Assert.Equal(3, app.Asked);
        Assert.Equal(["ghs_2", "ghs_2", "ghs_3"], app.Used);
    }

    [Fact]
    public async Task A_token_that_is_good_for_a_moment_only_is_not_renewed_with_every_request()
    {
        using var app = new StubApp { Lifetime = TimeSpan.FromMinutes(1) };

        for (var second = 0; second < 120; second++)
        {
            Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
            app.GitHub.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(app.Given, 2, 4);
    }

    [Theory]
    [InlineData("""{"token":"x"}""")]
    [InlineData("""{"token":"","expires_at":"2026-11-23T13:00:00Z"}""")]
    [InlineData("""{"token":"x","expires_at":"2026-11-23T11:00:00Z"}""")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"token":"\ud800","expires_at":"2026-11-23T13:00:00Z"}""")]
    [InlineData("""{"token":"x","expires_at":"2026-11-23T13:00:00\ud800"}""")]
    public async Task An_answer_without_a_token_is_a_failure(string body)
    {
        using var app = new StubApp();
        app.GitHub.Answer = _ => StubGitHub.Response(201, body);

        Assert.Equal(FeedResponseKind.Failed, (await app.GitHub.AskAsync()).Kind);
        Assert.False(app.Token.IsRefused);
    }

    [Fact]
    public async Task A_token_that_seems_to_hold_until_the_end_of_time_is_renewed_after_an_hour()
    {
        using var app = new StubApp();
        app.GitHub.Answer = request => request.Method == HttpMethod.Get
            ? StubGitHub.Response(200, "[]")
            : StubGitHub.Response(201, """{"token":"x","expires_at":"9999-12-31T23:59:59.9999999Z"}""");
        await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);

        Assert.Equal(2, app.GitHub.Requests.Count(sent => sent.Request.Method == HttpMethod.Post));
    }

    [Fact]
    public async Task Dates_that_differ_between_responses_cost_one_more_request_and_then_growing_waits()
    {
        using var app = new StubApp();
        var asked = 0;
        app.GitHub.Answer = request =>
        {
            Assert.Equal(HttpMethod.Post, request.Method);
            var date = app.GitHub.Time.GetUtcNow() + TimeSpan.FromMinutes(asked++ % 2 == 0 ? 2 : 0);
            // So that a loop without end is a failure and not a test that hangs.
            Assert.InRange(asked, 0, 500);
            return StubGitHub.Response(
                401, """{"message":"'Issued at' claim ('iat') is wrong"}""", ("Date", date.ToString("R", CultureInfo.InvariantCulture)));
        };

        await AssertSlowsDownAsync(app, () => asked);

        Assert.False(app.Token.IsRefused);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(502, "<html>")]
    [InlineData(302, "")]
    [InlineData(200, "[]")]
    [InlineData(201, """{"token":"x","expires_at":"2026-11-23T11:00:00Z"}""")]
    [InlineData(201, """{"token":"x"}""")]
    [InlineData(408, "")]
    [InlineData(403, """{"message":"You have exceeded a secondary rate limit"}""", "Retry-After", "0")]
    [InlineData(429, """{"message":"You have exceeded a secondary rate limit"}""", "Retry-After", "0")]
    [InlineData(429, "", "Retry-After", "Mon, 23 Nov 2026 11:00:00 GMT")]
    public async Task No_response_to_a_request_for_a_token_makes_it_a_loop(int status, string body, string header = "X", string value = "x")
    {
        using var app = new StubApp();
        var asked = 0;
        app.GitHub.Answer = request =>
        {
            Assert.Equal(HttpMethod.Post, request.Method);
            Assert.InRange(++asked, 0, 500);
            return StubGitHub.Response(status, body, (header, value));
        };

        await AssertSlowsDownAsync(app, () => asked);
    }

    [Fact]
    public async Task Tokens_that_are_good_for_less_than_some_seconds_are_not_asked_for_in_a_loop()
    {
        using var app = new StubApp { Lifetime = TimeSpan.FromSeconds(1) };

        await AssertSlowsDownAsync(app, () => app.Asked);
    }

    [Fact]
    public async Task Tokens_that_are_refused_in_a_row_are_replaced_twice_at_once_and_then_with_growing_waits()
    {
        using var app = new StubApp();
        var respond = app.GitHub.Answer!;
        // Each token is taken once.
        app.GitHub.Answer = request => request.Method == HttpMethod.Get && app.Used.Contains(request.Headers.Authorization!.Parameter!)
            ? StubGitHub.Response(401, """{"message":"Bad credentials"}""")
            : respond(request);

        var answers = new List<FeedResponseKind>();
        for (var i = 0; i < 100; i++)
        {
            answers.Add((await app.GitHub.AskAsync()).Kind);
            app.GitHub.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([FeedResponseKind.Page, FeedResponseKind.Page, FeedResponseKind.Page, FeedResponseKind.Failed], answers.Take(4));
        Assert.InRange(app.Asked, 5, 8);
        Assert.Equal(app.Used.Count, app.Used.Distinct(StringComparer.Ordinal).Count());
        Assert.False(app.Token.IsRefused);
        Assert.InRange(app.GitHub.Logged().Count, 2, 6);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_used_again_while_there_is_no_other()
    {
        using var app = new StubApp();
        await app.GitHub.AskAsync();
        app.Revoke();
        app.Refuses(502).Refuses(502);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(FeedResponseKind.Failed, (await app.GitHub.AskAsync()).Kind);
            app.GitHub.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["ghs_1", "ghs_1"], app.Used);
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public async Task An_absurd_date_does_not_keep_an_installation_from_its_token(string date)
    {
        using var app = new StubApp();
        app.Refuses(500, "No", ("Date", date));
        await app.GitHub.AskAsync();
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
    }

    /// <summary>
    /// Asks ten times a second for ten seconds and then for ten minutes: requests for tokens get rare, and each that failed is logged once.
    /// </summary>
    private static async Task AssertSlowsDownAsync(StubApp app, Func<int> asked)
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.NotEqual(FeedResponseKind.Page, (await app.GitHub.AskAsync()).Kind);
            app.GitHub.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(asked(), 1, 8);
        Assert.InRange(app.GitHub.Logged().Count, 1, asked());
        var early = asked();
        for (var second = 0; second < 600; second++)
        {
            await app.GitHub.AskAsync();
            app.GitHub.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(asked() - early, 1, 30);
    }

    private static async Task<FeedResponse[]> AskAtOnceAsync(StubApp app, int requests)
    {
        var page = new FeedRequest(app.GitHub.Client.FirstPage("repos/octo/cat"), null, app.Token);
        return await app.GitHub.Time.DriveAsync(
            Task.WhenAll(Enumerable.Range(0, requests).Select(_ => app.GitHub.Client.GetPageAsync(page, CancellationToken.None).AsTask())));
    }
}
