using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Windows;

public sealed class SeriesWindowTests
{
    private const long Duration = 100;
    private const long Now = 1000;

    [Fact]
    public void An_event_exactly_as_old_as_the_duration_is_inside_and_one_a_tick_older_is_not()
    {
        var window = NewWindow();
        Assert.Equal(Placement.Counted, window.Add(new(Now - Duration, 1), Now));
        Assert.Equal(Placement.Outside, window.Add(new(Now - Duration - 1, 2), Now));
        Assert.Equal(1, window.Events);
        Assert.Equal(Now + 1, window.NextChange);

        window.Advance(Now + 1);
        Assert.True(window.IsEmpty);
        Assert.Equal(SeriesWindow.Never, window.NextChange);
    }

    [Fact]
    public void A_late_event_takes_its_place()
    {
        var window = NewWindow();
        foreach (var ticks in new[] { 990, 970, 980, 960 })
            Assert.Equal(Placement.Counted, window.Add(new(ticks, ticks), Now));
        Assert.Equal(960, window.First);
        Assert.Equal(990, window.Last);
        Assert.Equal([10, 10, 10], Intervals(window));
    }

    [Fact]
    public void The_same_id_at_another_time_is_another_event()
    {
        var window = NewWindow();
        Assert.Equal(Placement.Counted, window.Add(new(990, 1), Now));
        Assert.Equal(Placement.Duplicate, window.Add(new(990, 1), Now));
        Assert.Equal(Placement.Counted, window.Add(new(991, 1), Now));
        Assert.Equal(Placement.Counted, window.Add(new(990, 2), Now));
        Assert.Equal(3, window.Events);
    }

    [Fact]
    public void What_is_withdrawn_leaves_its_place_to_a_newer_one_or_the_window_is_broken()
    {
        var window = NewWindow(maxEvents: 3);
        foreach (var ticks in new[] { 950, 960, 970, 980 })
            window.Add(new(ticks, 1), Now);
        Assert.True(window.Retract(new(970, 1)));
        Assert.True(window.IsBroken);
        // The place belongs to the one at 950, which was left out: nothing older may take it.
        Assert.Equal(Placement.Outside, window.Add(new(945, 1), Now));
        Assert.True(window.IsBroken);

        Assert.Equal(Placement.Counted, window.Add(new(955, 1), Now));
        Assert.False(window.IsBroken);
        Assert.Equal((3, 955, true), (window.Events, window.First, window.Capped));
    }

    [Fact]
    public void A_broken_window_is_whole_again_when_it_was_given_its_events_once_more()
    {
        var window = NewWindow(maxEvents: 3);
        foreach (var ticks in new[] { 940, 950, 960, 970, 980 })
            window.Add(new(ticks, 1), Now);
        window.Retract(new(980, 1));
        window.Reopen();
        foreach (var ticks in new[] { 940, 950, 960, 970 })
            window.Add(new(ticks, 1), Now);
        Assert.False(window.IsBroken);
        Assert.Equal((3, 950, 970, true), (window.Events, window.First, window.Last, window.Capped));
        Assert.Equal(940 + Duration + 1, window.NextChange);
    }

    [Fact]
    public void What_was_never_in_changes_nothing_unless_it_may_be_the_newest_that_was_left_out()
    {
        var window = NewWindow(maxEvents: 2);
        foreach (var ticks in new[] { 940, 950, 960, 970 })
            window.Add(new(ticks, 1), Now);
        Assert.False(window.Retract(new(940, 1)));
        Assert.False(window.IsBroken);
        Assert.True(window.Retract(new(950, 1)));
        Assert.True(window.IsBroken);
    }

    [Fact]
    public void Is_capped_only_once_the_cap_leaves_an_event_out()
    {
        var window = NewWindow(maxEvents: 3);
        foreach (var ticks in new[] { 950, 960, 970 })
            window.Add(new(ticks, 1), Now);
        Assert.False(window.Capped);

        Assert.Equal(Placement.Counted, window.Add(new(980, 1), Now));
        Assert.True(window.Capped);
        Assert.Equal(3, window.Events);
        Assert.Equal(960, window.First);
    }

    [Fact]
    public void Is_capped_no_more_when_the_newest_event_left_out_grows_too_old()
    {
        var window = NewWindow(maxEvents: 2);
        foreach (var ticks in new[] { 940, 950, 960, 970 })
            window.Add(new(ticks, 1), Now);
        Assert.Equal(950 + Duration + 1, window.NextChange);

        window.Advance(950 + Duration);
        Assert.True(window.Capped);
        window.Advance(950 + Duration + 1);
        Assert.False(window.Capped);
        Assert.Equal(2, window.Events);
        Assert.Equal(960 + Duration + 1, window.NextChange);
    }

    [Fact]
    public void A_late_event_below_the_cap_makes_the_window_capped()
    {
        var window = NewWindow(maxEvents: 2);
        window.Add(new(960, 1), Now);
        window.Add(new(970, 1), Now);

        Assert.Equal(Placement.Excluded, window.Add(new(950, 1), Now));
        Assert.True(window.Capped);
        Assert.Equal(960, window.First);
        Assert.Equal(Placement.Outside, window.Add(new(950, 1), Now));
        Assert.Equal(Placement.Outside, window.Add(new(940, 1), Now));
    }

    [Fact]
    public void An_event_dropped_by_the_cap_does_not_return_when_it_is_given_again_after_others_left()
    {
        var window = NewWindow(maxEvents: 2);
        foreach (var ticks in new[] { 950, 960, 970 })
            window.Add(new(ticks, 1), Now);

        const long later = 960 + Duration + 1;
        window.Advance(later);
        Assert.Equal(1, window.Events);
        Assert.Equal(Placement.Outside, window.Add(new(950, 1), later));
        Assert.Equal(1, window.Events);
        Assert.False(window.Capped);
    }

    [Fact]
    public void An_event_dated_in_the_future_counts_from_its_time_on()
    {
        var window = NewWindow();
        window.Add(new(Now, 1), Now);
        Assert.Equal(Placement.Future, window.Add(new(Now + 5, 1), Now));
        Assert.Equal(Placement.Duplicate, window.Add(new(Now + 5, 1), Now));
        Assert.Equal(1, window.Events);
        Assert.Equal(Now + 5, window.NextChange);

        window.Advance(Now + 4);
        Assert.Equal(1, window.Events);
        window.Advance(Now + 5);
        Assert.Equal(2, window.Events);
        Assert.Equal(Now + 5, window.Last);
    }

    [Fact]
    public void An_event_that_comes_due_pushes_the_oldest_out()
    {
        var window = NewWindow(maxEvents: 1);
        window.Add(new(Now, 1), Now);
        window.Add(new(Now + 5, 1), Now);
        Assert.False(window.Capped);

        window.Advance(Now + 5);
        Assert.Equal(1, window.Events);
        Assert.Equal(Now + 5, window.First);
        Assert.True(window.Capped);
    }

    [Fact]
    public void Holds_the_soonest_of_too_many_events_dated_in_the_future_and_says_when_the_rest_is_due()
    {
        var window = NewWindow(maxFutureEvents: 2);
        window.Add(new(Now + 30, 1), Now);
        window.Add(new(Now + 40, 1), Now);
        Assert.Equal(SeriesWindow.Never, window.RefusedFrom);

        window.Add(new(Now + 50, 1), Now);
        Assert.Equal(Now + 50, window.RefusedFrom);
        window.Add(new(Now + 10, 1), Now);
        Assert.Equal(Now + 40, window.RefusedFrom);

        window.Advance(Now + 30);
        Assert.Equal(2, window.Events);
        Assert.Equal(Now + 40, window.NextChange);
        window.Advance(Now + 40);
        Assert.Equal(SeriesWindow.Never, window.RefusedFrom);
    }

    [Fact]
    public void A_flood_of_events_dated_in_the_future_takes_a_bounded_place()
    {
        var window = NewWindow(maxFutureEvents: 50);
        for (var i = 100_000; i > 0; i--)
            window.Add(new(Now + i, i), Now);
        Assert.InRange(window.Capacity, 50, 64);
    }

    [Fact]
    public void The_ends_of_time_do_not_overflow()
    {
        var last = DateTimeOffset.MaxValue.Ticks;
        var window = new SeriesWindow(TimeSpan.MaxValue, 5, 5);
        Assert.Equal(Placement.Counted, window.Add(new(0, 1), last));
        Assert.Equal(Placement.Counted, window.Add(new(last, 1), last));
        Assert.Equal(SeriesWindow.Never, window.NextChange);
        Assert.Equal([last], Intervals(window));

        // The last tick of all is the last at which it counts: no moment comes after it.
        var atTheEnd = NewWindow();
        atTheEnd.Add(new(last - Duration, 1), last);
        Assert.Equal(SeriesWindow.Never, atTheEnd.NextChange);
        var before = NewWindow();
        before.Add(new(last - Duration - 1, 1), last - 1);
        Assert.Equal(last, before.NextChange);
    }

    private static SeriesWindow NewWindow(int maxEvents = 500, int maxFutureEvents = 500) => new(new(Duration), maxEvents, maxFutureEvents);

    private static long[] Intervals(SeriesWindow window)
    {
        var intervals = new long[window.Events - 1];
        window.CopyIntervals(intervals);
        return intervals;
    }
}
