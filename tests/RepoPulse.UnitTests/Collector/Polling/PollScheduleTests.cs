using CsCheck;
using RepoPulse.Collector;
using RepoPulse.Collector.Polling;

namespace RepoPulse.UnitTests.Collector.Polling;

public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly PollIntervalPolicy _schedule = new(new CollectorOptions { Name = "test" });

    [Fact]
    public void An_idle_feed_is_polled_at_the_maximum()
    {
        Assert.Equal(TimeSpan.FromMinutes(15), Interval([]));
        Assert.Equal(TimeSpan.FromMinutes(15), Interval(Every(TimeSpan.FromSeconds(5), 100, newestAgo: TimeSpan.FromHours(2))));
    }

    [Fact]
    public void A_busy_feed_is_polled_at_the_minimum()
        => Assert.Equal(TimeSpan.FromMinutes(1), Interval(Every(TimeSpan.FromSeconds(5), 300)));

    [Fact]
    public void A_feed_between_is_polled_about_when_its_next_event_is_due()
        => Assert.Equal(TimeSpan.FromMinutes(4), Interval(Every(TimeSpan.FromMinutes(4), 50)));

    [Fact]
    public void A_burst_among_old_events_is_followed_closely()
    {
        var burst = Every(TimeSpan.FromSeconds(2), 100, newestAgo: TimeSpan.FromMinutes(4));
        var before = Every(TimeSpan.FromHours(3), 10, newestAgo: TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromMinutes(2), Interval(burst.Concat(before)));
    }

    [Fact]
    public void GitHubs_own_interval_wins_where_it_is_longer()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), Interval([], TimeSpan.FromMinutes(20)));
        Assert.Equal(TimeSpan.FromMinutes(3), Interval(Every(TimeSpan.FromSeconds(5), 300), TimeSpan.FromMinutes(3)));
        Assert.Equal(TimeSpan.FromMinutes(1), Interval(Every(TimeSpan.FromSeconds(5), 300), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Whatever_a_feed_shows_the_interval_stays_within_its_bounds()
        => Gen.Select(Gen.Int[-3000, 3000].Array[0, 300], Gen.Double[0, 1]).Sample((minutes, jitter) =>
        {
            var events = minutes.Select(m => Now.AddMinutes(m)).OrderDescending().ToArray();
            var interval = _schedule.Next(Now, _schedule.Pace(Now, Keys(events)), null, SlowdownFactor.None, jitter) - Now;
            Assert.InRange(interval, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(16.5));
        });

    [Fact]
    public void Failures_double_the_wait_from_the_minimum_to_the_maximum()
        => Assert.Equal(
            [1, 2, 4, 8, 15, 15], Enumerable.Range(1, 6).Select(failures => (_schedule.AfterFailure(Now, failures, 0) - Now).TotalMinutes));

    [Fact]
    public void Refusals_double_the_wait_from_the_maximum_to_a_day()
        => Assert.Equal(
            [0.25, 0.5, 1, 2, 4, 8, 16, 24, 24],
            Enumerable.Range(1, 9).Select(failures => (_schedule.AfterRefusal(Now, failures, 0) - Now).TotalHours));

    private static IEnumerable<DateTimeOffset> Every(TimeSpan spacing, int count, TimeSpan newestAgo = default)
        => Enumerable.Range(0, count).Select(i => Now - newestAgo - spacing * i);

    private TimeSpan Interval(IEnumerable<DateTimeOffset> newestFirst, TimeSpan? requested = null)
        => _schedule.Next(Now, _schedule.Pace(Now, Keys(newestFirst)), requested, SlowdownFactor.None, jitter: 0) - Now;

    private static EventKey[] Keys(IEnumerable<DateTimeOffset> times) =>
        [.. times.Select((at, i) => new EventKey(EventId.FromGitHub(i), at))];
}
