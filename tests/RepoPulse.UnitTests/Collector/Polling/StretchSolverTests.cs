using RepoPulse.Collector;
using RepoPulse.Collector.Polling;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class StretchSolverTests
{
    private static readonly TimeSpan Floor = TimeSpan.FromMinutes(1);
    private static readonly RequestAllowance OneToken = new(5_000, 54_000);

    private readonly PollIntervalPolicy _schedule = new(new CollectorOptions { Name = "test" });

    [Fact]
    public void Idle_feeds_cost_nothing_however_many()
        => Assert.Equal(SlowdownFactor.None, SlowdownSolver.Solve(Feeds(10_000, 0), Floor, isAnonymous: false, OneToken));

    [Fact]
    public void Where_the_limit_suffices_nothing_is_stretched()
        => Assert.Equal(SlowdownFactor.None, SlowdownSolver.Solve(Feeds(100, 30), Floor, isAnonymous: false, OneToken));

    [Fact]
    public void Where_it_does_not_all_are_stretched_until_it_does_and_none_beyond_what_is_safe()
    {
        var feeds = Feeds(300, 20);
        feeds.AddRange(Feeds(20, 2_000));

        var stretch = SlowdownSolver.Solve(feeds, Floor, isAnonymous: false, OneToken);

        Assert.True(stretch.Thrift > 0);
        Assert.Equal((1, 1), (stretch.Ease, stretch.Overload));
        Assert.InRange(Cost(feeds, stretch), 4_500, 5_000);
        Assert.All(
            feeds, feed => Assert.True(PollIntervalPolicy.Interval(feed, Floor, stretch) <= (feed.Safe > Floor ? feed.Safe : Floor)));
    }

    [Fact]
    public void Feeds_that_would_not_save_anything_by_it_are_not_made_to_wait()
    {
        var feeds = Feeds(1_000, 20);
        feeds.AddRange(Feeds(1_000, 0.1));

        var stretch = SlowdownSolver.Solve(feeds, Floor, isAnonymous: false, OneToken);

        Assert.True(PollIntervalPolicy.Interval(feeds[0], Floor, stretch) > feeds[0].Wanted);
        Assert.Equal(feeds[^1].Wanted, PollIntervalPolicy.Interval(feeds[^1], Floor, stretch));
    }

    [Fact]
    public void Only_where_even_the_safe_pace_is_too_much_is_it_exceeded()
    {
        var feeds = Feeds(200, 2_000);

        var stretch = SlowdownSolver.Solve(feeds, Floor, isAnonymous: false, OneToken);

        Assert.True(stretch.Overload > 1);
        Assert.InRange(Cost(feeds, stretch), 4_500, 5_000);
    }

    [Fact]
    public void Without_a_token_every_poll_counts()
    {
        var stretch = SlowdownSolver.Solve(Feeds(100, 0), Floor, isAnonymous: true, new RequestAllowance(54, 54_000));

        // 100 feeds, 54 requests an hour: nearly two hours each.
        Assert.InRange(PollIntervalPolicy.Interval(Feeds(1, 0)[0], Floor, stretch).TotalHours, 1.85, 1.9);
    }

    [Fact]
    public void Requests_that_are_free_still_count_against_the_secondary_limit()
    {
        var stretch = SlowdownSolver.Solve(Feeds(50_000, 0), Floor, isAnonymous: false, OneToken);

        Assert.InRange(PollIntervalPolicy.Interval(Feeds(1, 0)[0], Floor, stretch).TotalMinutes, 55, 57);
    }

    private static double Cost(List<FeedPace> feeds, SlowdownFactor stretch)
        => feeds.Sum(feed => PollCost.Paid(feed, PollIntervalPolicy.Interval(feed, Floor, stretch), isAnonymous: false));

    private List<FeedPace> Feeds(int count, double perHour) => [.. Enumerable.Repeat(_schedule.Pace(perHour), count)];
}
