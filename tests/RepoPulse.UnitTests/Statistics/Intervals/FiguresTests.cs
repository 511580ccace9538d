using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Intervals;

public sealed class FiguresTests
{
    [Fact]
    public void One_event_has_no_interval()
    {
        var figures = TotalOf(SecondsAgo(10));
        Assert.Equal(1, figures.Events);
        Assert.Equal(Now.AddSeconds(-10), figures.FirstEventAt);
        Assert.Equal(Now.AddSeconds(-10), figures.LastEventAt);
        Assert.Null(figures.MeanIntervalSeconds);
        Assert.Null(figures.MedianIntervalSeconds);
        Assert.Null(figures.P95IntervalSeconds);
        Assert.Null(figures.MinIntervalSeconds);
        Assert.Null(figures.MaxIntervalSeconds);
        Assert.Null(figures.StdDevIntervalSeconds);
    }

    [Fact]
    public void Two_events_have_every_figure_but_the_standard_deviation()
    {
        var figures = TotalOf(SecondsAgo(10, 7.5));
        Assert.Equal(2.5, figures.MeanIntervalSeconds);
        Assert.Equal(2.5, figures.MedianIntervalSeconds);
        Assert.Equal(2.5, figures.P95IntervalSeconds);
        Assert.Equal(2.5, figures.MinIntervalSeconds);
        Assert.Equal(2.5, figures.MaxIntervalSeconds);
        Assert.Null(figures.StdDevIntervalSeconds);
    }

    [Fact]
    public void Three_events_have_the_samples_standard_deviation()
    {
        // Intervals 1 and 3: mean 2, squares 1 + 1, divided by 2 - 1.
        var figures = TotalOf(SecondsAgo(4, 3, 0));
        Assert.Equal(2, figures.MeanIntervalSeconds);
        Assert.Equal(Math.Sqrt(2), figures.StdDevIntervalSeconds!.Value, 1e-12);
    }

    [Fact]
    public void Events_of_one_time_have_intervals_of_0()
    {
        var figures = TotalOf(SecondsAgo(5, 5, 5));
        Assert.Equal(3, figures.Events);
        Assert.Equal(0.0, figures.MeanIntervalSeconds);
        Assert.Equal(0.0, figures.MedianIntervalSeconds);
        Assert.Equal(0.0, figures.P95IntervalSeconds);
        Assert.Equal(0.0, figures.MinIntervalSeconds);
        Assert.Equal(0.0, figures.MaxIntervalSeconds);
        Assert.Equal(0.0, figures.StdDevIntervalSeconds);
    }

    [Fact]
    public void Percentiles_of_an_odd_number_of_intervals()
    {
        // Sorted 1 2 4 8 16: the median is rank 2; the 95th rank is 3.8, so 8 + 0.8 * 8.
        var figures = TotalOf(FromIntervals(4, 16, 1, 8, 2));
        Assert.Equal(4, figures.MedianIntervalSeconds);
        Assert.Equal(14.4, figures.P95IntervalSeconds!.Value, 1e-12);
        Assert.Equal(1, figures.MinIntervalSeconds);
        Assert.Equal(16, figures.MaxIntervalSeconds);
        Assert.Equal(31 / 5.0, figures.MeanIntervalSeconds);
    }

    [Fact]
    public void Percentiles_of_an_even_number_of_intervals()
    {
        // Sorted 1 2 4 8: rank 1.5 is 3; rank 2.85 is 4 + 0.85 * 4.
        var figures = TotalOf(FromIntervals(8, 1, 4, 2));
        Assert.Equal(3, figures.MedianIntervalSeconds);
        Assert.Equal(7.4, figures.P95IntervalSeconds!.Value, 1e-12);
    }

    [Fact]
    public void A_percentile_that_falls_on_a_rank_is_its_value()
    {
        // 21 intervals 0 to 20: rank 0.95 * 20 is 19.
        var figures = TotalOf(FromIntervals([.. Enumerable.Range(0, 21).Select(i => (double)i)]));
        Assert.Equal(19, figures.P95IntervalSeconds!.Value, 1e-12);
        Assert.Equal(10, figures.MedianIntervalSeconds);
    }

    [Fact]
    public void Equal_intervals_have_a_standard_deviation_of_exactly_0()
    {
        // 0.1 s has no exact double: a sum of squares would leave a remainder.
        var figures = TotalOf(FromIntervals(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
        Assert.Equal(0.1, figures.MeanIntervalSeconds);
        Assert.Equal(0.0, figures.StdDevIntervalSeconds);
    }

    [Fact]
    public void The_standard_deviation_keeps_its_digits_where_the_mean_is_large_beside_it()
    {
        // Ten million seconds and a microsecond more or less: the difference of two sums of squares would be all rounding.
        var fold = new StatisticsFold(new() { Duration = TimeSpan.FromDays(3650) });
        var at = Now.AddDays(-3000);
        var events = new List<GitHubEvent> { Event(1, at) };
        for (var i = 0; i < 20; i++)
            events.Add(Event(i + 2, at += TimeSpan.FromTicks(10_000_000L * 10_000_000 + (i % 2 == 0 ? 10 : -10))));
        fold.Apply(events, Now);

        var expected = 1e-6 * Math.Sqrt(20.0 / 19);
        Assert.Equal(expected, Assert.Single(fold.TakeChanged()).Total.StdDevIntervalSeconds!.Value, expected * 1e-9);
    }

    private static GitHubEvent[] FromIntervals(params double[] intervals)
    {
        var at = Now - TimeSpan.FromSeconds(intervals.Sum());
        var events = new List<GitHubEvent> { Event(1, at) };
        foreach (var interval in intervals)
            events.Add(Event(events.Count + 1, at += TimeSpan.FromSeconds(interval)));
        return [.. events];
    }

    private static SeriesSnapshot TotalOf(params GitHubEvent[] events)
    {
        var fold = new StatisticsFold(new());
        fold.Apply(events, Now);
        var figures = Assert.Single(fold.TakeChanged());
        Assert.Equal(figures.Total with { EventType = EventType.Parse("PushEvent") }, Assert.Single(figures.ByEventType));
        return figures.Total;
    }
}
