using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.GitHub;
using RepoPulse.GitHub.Feeds;

namespace RepoPulse.UnitTests.GitHub.Apps;

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

        Assert.Equal(FeedAnswerKind.Page, answer.Kind);
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
                Assert.Equal(FeedAnswerKind.Page, (await app.GitHub.AskAsync()).Kind);
                app.GitHub.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.All(app.Used, token => Assert.Equal("ghs_1", token));
        Assert.InRange(app.Asked, 8, 12);
        Assert.Equal(app.Asked - 1, app.GitHub.Logged().Count);
        Assert.Equal(app.Asked - 1, app.GitHub.Meters.Measured["repopulse.github.app.renewals{outcome=failed}"]);

        var answer = await app.GitHub.AskAsync();
        Assert.Equal(FeedAnswerKind.Failed, answer.Kind);
        Assert.Contains("installation 678", answer.Fault, StringComparison.Ordinal);
        Assert.False(app.Token.IsRefused);
        app.GitHub.Time.Advance(TimeSpan.FromMinutes(20));
        for (var i = app.Asked; i < 21; i++)
        {
            await app.GitHub.AskAsync();
            app.GitHub.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(FeedAnswerKind.Page, (await app.GitHub.AskAsync()).Kind);
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

        Assert.All(answers, answer => Assert.Equal(FeedAnswerKind.Page, answer.Kind));
        Assert.Equal(2, app.Given);
        Assert.False(app.Token.IsRefused);
    }

    [Fact]
    public async Task An_installation_whose_new_token_is_refused_as_well_is_out_of_use()
    {
        using var app = new StubApp { Lifetime = TimeSpan.FromHours(1) };
        await app.GitHub.AskAsync();
        var respond = app.GitHub.Answer!;
        app.GitHub.Answer = request => request.Method == HttpMethod.Get ? StubGitHub.Response(401, """{"message":"Bad credentials"}""") : respond(request);

        var answer = await app.GitHub.AskAsync();
        var withheld = await app.GitHub.AskAsync();

        Assert.Equal((FeedAnswerKind.TokenRefused, FeedAnswerKind.TokenRefused), (answer.Kind, withheld.Kind));
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

        Assert.Equal(FeedAnswerKind.TokenRefused, answer.Kind);
        Assert.Contains(message, answer.Fault, StringComparison.Ordinal);
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

        Assert.Equal((FeedAnswerKind.Limited, FeedAnswerKind.Limited), (first.Kind, second.Kind));
        Assert.Equal(first.RetryAt, second.RetryAt);
        Assert.Equal(FeedAnswerKind.Page, (await app.GitHub.AskAsync()).Kind);
        Assert.Equal(2, app.Asked);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(30)]
    public async Task A_clock_that_differs_from_GitHubs_does_no_harm(int minutesAhead)
    {
        using var app = new StubApp { Ahead = TimeSpan.FromMinutes(minutesAhead) };

        Assert.Equal(FeedAnswerKind.Page, (await app.GitHub.AskAsync()).Kind);
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
            Assert.Equal(FeedAnswerKind.Page, (await app.GitHub.AskAsync()).Kind);
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
    public async Task An_answer_without_a_token_is_a_failure(string body)
    {
        using var app = new StubApp();
        app.GitHub.Answer = _ => StubGitHub.Response(201, body);

        Assert.Equal(FeedAnswerKind.Failed, (await app.GitHub.AskAsync()).Kind);
        Assert.False(app.Token.IsRefused);
    }

    private static async Task<FeedAnswer[]> AskAtOnceAsync(StubApp app, int requests)
    {
        var page = new FeedRequest(app.GitHub.Client.FirstPage("repos/octo/cat"), null, app.Token);
        return await app.GitHub.Time.DriveAsync(
            Task.WhenAll(Enumerable.Range(0, requests).Select(_ => app.GitHub.Client.GetPageAsync(page, CancellationToken.None).AsTask())));
    }
}
