using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.RateLimits;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_headers_say_how_much_is_left_and_used_and_until_when()
    {
        var limit = Headers.Read(Now, [.. Headers.Of(5_000, 4_960, Now.AddMinutes(7)), ("X-RateLimit-Resource", "core")]);

        Assert.Equal(
            (5_000, 4_960, 40, Now.AddMinutes(7)), (limit!.Value.Limit, limit.Value.Remaining, limit.Value.Used, limit.Value.ResetsAt));
        Assert.True(limit.Value.IsCore);
    }

    [Fact]
    public void The_time_left_is_judged_by_GitHubs_own_clock()
    {
        // Our clock is five minutes fast; GitHub's says that twenty minutes are left.
        var theirs = Now.AddMinutes(-5);

        var limit = Headers.Read(Now, [.. Headers.Of(5_000, 0, theirs.AddMinutes(20)), ("Date", theirs.ToString("R"))]);

        Assert.Equal(Now.AddMinutes(20), limit!.Value.ResetsAt);
    }

    [Fact]
    public void A_reset_is_put_off_for_little_more_than_an_hour_by_any_clock()
    {
        // Ours is two hours behind, and the response has no date.
        Assert.Equal(Now.AddMinutes(65), Headers.Read(Now, [.. Headers.Of(5_000, 0, Now.AddHours(3))])!.Value.ResetsAt);
    }

    [Fact]
    public void Of_old_answers_without_the_figure_used_is_what_does_not_remain()
    {
        var headers = Headers.Of(60, 46, Now.AddMinutes(7)).Where(header => header.Name != "X-RateLimit-Used");

        Assert.Equal(14, Headers.Read(Now, [.. headers])!.Value.Used);
    }

    [Fact]
    public void The_limit_of_searches_is_another()
        => Assert.False(Headers.Read(Now, [.. Headers.Of(30, 0, Now.AddMinutes(1)), ("X-RateLimit-Resource", "search")])!.Value.IsCore);

    [Theory]
    [InlineData("X-RateLimit-Limit", "many")]
    [InlineData("X-RateLimit-Remaining", "")]
    [InlineData("X-RateLimit-Reset", "-1")]
    [InlineData("X-RateLimit-Reset", "99999999999999")]
    [InlineData("X-RateLimit-Reset", "2026-11-23T13:00:00Z")]
    public void A_header_that_cannot_be_is_as_none(string name, string value)
    {
        var headers = Headers.Of(5_000, 4_960, Now.AddMinutes(7)).Select(header => header.Name == name ? (name, value) : header);

        Assert.Null(Headers.Read(Now, [.. headers]));
    }

    [Fact]
    public void Figures_beyond_all_measure_are_cut_and_not_wrapped()
    {
        var limit = Headers.Read(Now, ("X-RateLimit-Limit", "99999999999"), ("X-RateLimit-Remaining", "-5"), ("X-RateLimit-Reset", "0"));

        Assert.Equal((int.MaxValue, 0), (limit!.Value.Limit, limit.Value.Remaining));
        Assert.True(limit.Value.ResetsAt < Now);
    }

    [Theory]
    [InlineData(
        "API rate limit exceeded for user ID 583231. If you reach out to GitHub Support for help, please include the request ID 1.",
        583231L)]
    [InlineData("API rate limit exceeded for installation ID 583231.", null)]
    [InlineData("API rate limit exceeded for 92.104.200.119.", null)]
    [InlineData("API rate limit exceeded for user ID .", null)]
    [InlineData("API rate limit exceeded for user ID 99999999999999999999999.", null)]
    [InlineData(null, null)]
    public void A_refusal_may_name_the_user(string? message, long? userId) => Assert.Equal(userId, LimitMessage.UserId(message));

    [Theory]
    [InlineData("API rate limit exceeded for user ID 1.", LimitKind.Primary)]
    [InlineData("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", LimitKind.Secondary)]
    [InlineData("You have triggered an abuse detection mechanism.", LimitKind.Secondary)]
    [InlineData(null, LimitKind.Secondary)]
    public void A_refusal_is_of_one_of_two_kinds(string? message, object kind) =>
        Assert.Equal((LimitKind)kind, LimitMessage.KindOf(message, null));
}
