using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.RateLimits;

public sealed class AccountLimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly AccountLimit _limit;
    private long _step;

    public AccountLimitTests() => _limit = new AccountLimit(isAnonymous: false, maxRequestsPerMinute: 900, _time);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void Before_the_first_answer_there_is_what_GitHub_documents_but_for_the_reserve()
    {
        Assert.Equal((4_900, TimeSpan.FromHours(1)), _limit.RequestsLeft(Now));
        Assert.Equal((60, TimeSpan.FromHours(1)), new AccountLimit(isAnonymous: true, 900, _time).RequestsLeft(Now));
    }

    [Theory]
    [InlineData(5_000, 100)]
    [InlineData(12_500, 250)]
    [InlineData(1_000, 20)]
    [InlineData(60, 1)]
    [InlineData(3, 1)]
    public void A_fiftieth_of_the_limit_is_left_to_others_and_at_least_one(int limit, int reserve)
    {
        Accept(Reading(limit, limit - 1));

        Assert.Equal(reserve, _limit.Reserve);
        Assert.Equal((limit - 1 - reserve, TimeSpan.FromMinutes(40)), _limit.RequestsLeft(Now));
    }

    [Fact]
    public void When_no_more_than_the_reserve_remains_the_account_waits_for_the_reset()
    {
        Assert.False(Accept(Reading(5_000, 101)));
        Assert.Null(_limit.BlockedUntil);

        Assert.True(Accept(Reading(5_000, 100)));
        Assert.False(Accept(Reading(5_000, 99)), "it is reported once");

        Assert.Equal(Now.AddMinutes(40), _limit.BlockedUntil);
        Assert.Equal(0, _limit.RequestsLeft(Now).Requests);
        _time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(_limit.BlockedUntil);
        Assert.Equal((4_900, TimeSpan.FromHours(1)), _limit.RequestsLeft(Now));
    }

    [Fact]
    public void An_address_keeps_nothing_back()
    {
        var limit = new AccountLimit(isAnonymous: true, 900, _time);

        limit.Accepted(Reading(60, 1), isGood: true, 1, 2);

        Assert.Null(limit.BlockedUntil);
        Assert.Equal(1, limit.RequestsLeft(Now).Requests);
    }

    [Fact]
    public void An_answer_that_was_overtaken_does_not_bring_back_what_is_spent()
    {
        var (first, second) = (++_step, ++_step);
        _limit.Accepted(Reading(5_000, 100), isGood: true, second, ++_step);

        _limit.Accepted(Reading(5_000, 101), isGood: true, first, ++_step);

        Assert.Equal(100, _limit.Primary!.Value.Remaining);
        Assert.NotNull(_limit.BlockedUntil);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void Setting_the_clock_makes_no_wait_longer_or_shorter(int minutes)
    {
        var time = new SettableTime(Now);
        var limit = new AccountLimit(isAnonymous: false, maxRequestsPerMinute: 900, time);
        limit.Refused(Refusal(TimeSpan.FromMinutes(5)), 1, 2, out _);
        limit.Accepted(Reading(5_000, 0), isGood: true, 3, 4);

        time.Ahead = TimeSpan.FromMinutes(minutes);

        Assert.Equal(time.GetUtcNow().AddMinutes(40), limit.BlockedUntil);
        time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(limit.BlockedUntil);
    }

    [Fact]
    public void No_wait_is_longer_than_the_longest_that_is_named_also_where_another_collector_says_so()
    {
        _limit.Wait(TimeSpan.FromDays(400));

        Assert.Equal(Now.AddDays(1), _limit.BlockedUntil);
    }

    [Fact]
    public void A_new_hour_that_begins_while_answers_are_under_way_ends_the_wait()
    {
        var (first, second) = (++_step, ++_step);
        _limit.Accepted(Reading(5_000, 7), isGood: true, second, ++_step);

        _limit.Accepted(Headers.Reading(Now, 5_000, 4_999, Now.AddMinutes(60)), isGood: true, first, ++_step);

        Assert.Null(_limit.BlockedUntil);
        Assert.Equal((4_899, TimeSpan.FromMinutes(60)), _limit.RequestsLeft(Now));
    }

    [Fact]
    public void A_reset_that_moves_is_followed_by_the_next_answer_whichever_way()
    {
        Accept(Reading(5_000, 5_000));

        Accept(Headers.Reading(Now, 5_000, 5_000, Now.AddMinutes(10)));

        Assert.Equal(TimeSpan.FromMinutes(10), _limit.RequestsLeft(Now).Until);
    }

    [Fact]
    public void Another_resources_limit_is_not_the_accounts()
    {
        Accept(Headers.Read(Now, [.. Headers.Of(30, 0, Now.AddMinutes(1)), ("X-RateLimit-Resource", "search")]));

        Assert.Null(_limit.Primary);
        Assert.Null(_limit.BlockedUntil);
    }

    [Fact]
    public void A_server_that_names_no_limit_is_bounded_by_the_pace_alone()
    {
        Accept(null);
        Assert.Equal((54_000, TimeSpan.FromHours(1)), _limit.RequestsLeft(Now));

        Accept(Reading(5_000, 4_000));
        Assert.Equal((3_900, TimeSpan.FromMinutes(40)), _limit.RequestsLeft(Now));
    }

    [Fact]
    public void An_error_without_headers_says_nothing_of_limits()
    {
        _limit.Accepted(null, isGood: false, ++_step, ++_step);

        Assert.Equal(4_900, _limit.RequestsLeft(Now).Requests);
    }

    [Fact]
    public void Requests_that_were_under_way_together_are_refused_once()
    {
        long[] sent = [++_step, ++_step, ++_step];

        var news = sent.Select(step => _limit.Refused(Refusal(null), step, ++_step, out _)).ToArray();

        Assert.Equal([true, false, false], news);
        Assert.Equal(Now.AddMinutes(1), _limit.BlockedUntil);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Now.AddMinutes(2), Refuse(null));
    }

    [Fact]
    public void Of_the_waits_that_requests_under_way_together_are_asked_for_the_longest_counts()
    {
        var (first, second) = (++_step, ++_step);

        _limit.Refused(Refusal(TimeSpan.FromSeconds(90)), first, ++_step, out _);
        _limit.Refused(Refusal(TimeSpan.FromSeconds(30)), second, ++_step, out _);

        Assert.Equal(Now.AddSeconds(90), _limit.BlockedUntil);
    }

    [Fact]
    public void A_good_answer_that_was_under_way_when_the_refusal_came_does_not_end_the_growing()
    {
        var slow = ++_step;
        Refuse(null);
        _limit.Accepted(Reading(5_000, 4_000), isGood: true, slow, ++_step);
        Assert.NotNull(_limit.BlockedUntil);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Now.AddMinutes(2), Refuse(null));
    }

    [Fact]
    public void Who_waited_as_asked_and_is_refused_again_waits_longer()
    {
        Assert.Equal(Now.AddSeconds(60), Refuse(TimeSpan.FromSeconds(60)));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Now.AddSeconds(120), Refuse(TimeSpan.FromSeconds(60)));
        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(Now.AddSeconds(900), Refuse(TimeSpan.FromSeconds(900)));
    }

    [Fact]
    public void A_spent_limit_does_not_make_waits_grow()
    {
        for (var hour = 0; hour < 3; hour++)
        {
            _limit.Refused(new RateLimitRefusal(LimitKind.Primary, null, Reading(5_000, 0)), ++_step, ++_step, out var until);
            Assert.Equal(Now.AddMinutes(40), until);
            _time.SetUtcNow(until);
        }

        Assert.Equal(Now.AddMinutes(1), Refuse(null));
    }

    [Fact]
    public void A_limit_that_is_spent_although_its_reset_has_passed_waits_like_any_other()
    {
        _limit.Refused(
            new RateLimitRefusal(LimitKind.Primary, null, Headers.Reading(Now, 5_000, 0, Now.AddSeconds(-1))),
            ++_step,
            ++_step,
            out var until);

        Assert.Equal(Now.AddMinutes(1), until);
    }

    private RateLimit Reading(int limit, int remaining) => Headers.Reading(Now, limit, remaining, Now.AddMinutes(40));

    [Fact]
    public void A_named_wait_grows_from_what_was_named()
    {
        Assert.Equal(Now.AddSeconds(2), Refuse(TimeSpan.FromSeconds(2)));
        Assert.Equal(Now.AddSeconds(4), Refuse(TimeSpan.FromSeconds(2)));
        Assert.Equal(Now.AddSeconds(8), Refuse(TimeSpan.FromSeconds(2)));
    }

    private static RateLimitRefusal Refusal(TimeSpan? retryAfter) => new(LimitKind.Secondary, retryAfter, null);

    private bool Accept(RateLimit? reading) => _limit.Accepted(reading, isGood: true, ++_step, ++_step);

    private DateTimeOffset Refuse(TimeSpan? retryAfter)
    {
        _limit.Refused(Refusal(retryAfter), ++_step, ++_step, out var until);
        return until;
    }
}
