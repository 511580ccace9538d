using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Folds;

public sealed class StatisticsFoldTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly StatisticsFold _fold = new(new());

    [Fact]
    public void Exactly_500_events_are_not_capped_and_the_501st_leaves_the_oldest_out()
    {
        var events = Enumerable.Range(0, 501).Select(i => Event(i + 1, Now.AddMinutes(i - 600))).ToArray();
        _fold.Apply(events[..500], Now);
        var full = Assert.Single(_fold.TakeChanged());
        Assert.Equal((500, false), (full.Total.Events, full.Total.Capped));
        Assert.Equal(events[0].Key.CreatedAt, full.Total.FirstEventAt);

        _fold.Apply(events[500..], Now);
        var capped = Assert.Single(_fold.TakeChanged());
        Assert.Equal((500, true), (capped.Total.Events, capped.Total.Capped));
        Assert.Equal(events[1].Key.CreatedAt, capped.Total.FirstEventAt);
        Assert.Equal(events[500].Key.CreatedAt, capped.Total.LastEventAt);
        Assert.Equal(60, capped.Total.MeanIntervalSeconds);
    }

    [Fact]
    public void Each_series_has_a_window_of_its_own()
    {
        var fold = new StatisticsFold(new() { MaxEvents = 2 });
        fold.Apply(
            [
                Event(1, Now.AddSeconds(-9), "WatchEvent"), Event(2, Now.AddSeconds(-8)), Event(3, Now.AddSeconds(-7)),
                Event(4, Now.AddSeconds(-6)), Event(5, Now.AddSeconds(-5), "ForkEvent"),
            ],
            Now);
        var figures = Assert.Single(fold.TakeChanged());
        Assert.Equal("ForkEvent PushEvent WatchEvent", string.Join(' ', figures.ByEventType.Select(s => s.EventType)));
        Assert.Equal([1, 2, 1], figures.ByEventType.Select(s => s.Events));
        Assert.Equal([false, true, false], figures.ByEventType.Select(s => s.Capped));
        Assert.Equal((2, true), (figures.Total.Events, figures.Total.Capped));
        Assert.Equal(EventType.All, figures.Total.EventType);
        Assert.Equal(Now.AddSeconds(-6), figures.Total.FirstEventAt);
        Assert.Equal((1, 4), (fold.Repositories, fold.Series));
    }

    [Fact]
    public void An_event_7_days_old_counts_and_leaves_a_tick_later()
    {
        var result = _fold.Apply([Event(1, Now.AddDays(-7)), Event(2, Now.AddDays(-7) - Tick)], Now);
        Assert.Equal(new FoldResult(1, 0, 1), result);
        var figures = Assert.Single(_fold.TakeChanged());
        Assert.Equal(1, figures.Total.Events);
        Assert.Equal(Now, figures.ValidUntil);
        Assert.Equal(Now + Tick, _fold.NextChangeAt);

        _fold.Advance(Now + Tick);
        var empty = Assert.Single(_fold.TakeChanged());
        Assert.Equal(0, empty.Total.Events);
        Assert.Empty(empty.ByEventType);
        Assert.Null(empty.ValidUntil);
        Assert.Null(empty.Total.FirstEventAt);
        Assert.Null(_fold.NextChangeAt);
        Assert.Equal((0, 0), (_fold.Repositories, _fold.Series));

        _fold.Advance(Now.AddDays(1));
        Assert.Empty(_fold.TakeChanged());
    }

    [Fact]
    public void A_type_whose_last_event_left_is_absent()
    {
        _fold.Apply([Event(1, Now.AddDays(-7), "ForkEvent"), Event(2, Now)], Now);
        Assert.Equal(2, Assert.Single(_fold.TakeChanged()).ByEventType.Count);
        _fold.Advance(Now.AddSeconds(1));
        Assert.Equal("PushEvent", Assert.Single(Assert.Single(_fold.TakeChanged()).ByEventType).EventType.Name);
    }

    [Fact]
    public void Duplicates_and_events_too_old_change_nothing()
    {
        var events = SecondsAgo(30, 20, 10);
        Assert.Equal(new FoldResult(3, 0, 0), _fold.Apply(events, Now));
        _fold.TakeChanged();

        Assert.Equal(new FoldResult(0, 3, 1), _fold.Apply([.. events, Event(9, Now.AddDays(-8))], Now));
        Assert.Empty(_fold.TakeChanged());
    }

    [Fact]
    public void An_event_that_supersedes_another_takes_it_out_of_both_series_whichever_comes_first()
    {
        var webhook = SecondsAgo(20)[0] with { Key = new(EventId.FromWebhook(1), Now.AddSeconds(-20)) };
        var polled = Event(7, Now.AddSeconds(-18));
        var superseding = new EventBatch([polled], LogPosition.Start) { Supersessions = [new(
            polled.RepositoryId, polled.Type, webhook.Key, polled.Key)] };
        _fold.Apply([webhook, Event(8, Now, "ForkEvent")], Now);
        Assert.Equal(new FoldResult(1, 0, 0), _fold.Apply(superseding, Now));
        Assert.Equal(new FoldResult(0, 1, 0), _fold.Apply([webhook], Now));
        Assert.Equal(new FoldResult(0, 1, 0), _fold.Apply(superseding, Now));
        var figures = Assert.Single(_fold.TakeChanged());
        Assert.Equal((2, Now.AddSeconds(-18)), (figures.Total.Events, figures.Total.FirstEventAt));
        Assert.Equal([1, 1], figures.ByEventType.Select(series => series.Events));
        Assert.Null(_fold.TakeReadAgain());

        var other = new StatisticsFold(new());
        other.Apply(superseding, Now);
        Assert.Equal(new FoldResult(0, 1, 0), other.Apply([webhook], Now));
        Assert.Equal(1, Assert.Single(other.TakeChanged()).Total.Events);
    }

    [Fact]
    public void A_place_that_the_superseding_event_does_not_take_is_asked_for_from_the_start_of_the_window()
    {
        var fold = new StatisticsFold(new() { MaxEvents = 2 });
        var webhook = Event(1, Now) with { Key = new(EventId.FromWebhook(1), Now) };
        GitHubEvent[] others = [Event(2, Now.AddSeconds(-10)), Event(3, Now.AddSeconds(-20)), Event(4, Now.AddSeconds(-30))];
        fold.Apply([webhook, .. others], Now);
        var late = Event(5, Now.AddSeconds(-40));
        fold.Apply(
            new EventBatch([late], LogPosition.Start) { Supersessions = [new(late.RepositoryId, late.Type, webhook.Key, late.Key)] }, Now);

        Assert.Equal(Now.AddDays(-7), fold.TakeReadAgain());
        fold.Apply([.. others, late], Now);
        var figures = Assert.Single(fold.TakeChanged());
        Assert.Equal((2, true, Now.AddSeconds(-20)), (figures.Total.Events, figures.Total.Capped, figures.Total.FirstEventAt));
    }

    [Fact]
    public void An_event_of_no_repository_is_left_out()
    {
        var gist = SecondsAgo(1)[0] with { RepositoryId = RepositoryId.None, Repository = default };
        Assert.Equal(new FoldResult(0, 0, 1), _fold.Apply([gist], Now));
        Assert.Empty(_fold.TakeChanged());
    }

    [Fact]
    public void A_change_is_taken_once_and_leaves_the_figures_of_other_series_as_they_were()
    {
        _fold.Apply([Event(1, Now), Event(2, Now, "ForkEvent"), Event(3, Now, repository: 2)], Now);
        var before = _fold.TakeChanged().ToDictionary(f => f.RepositoryId.Value);
        Assert.Equal([1, 2], before.Keys.Order());
        Assert.Empty(_fold.TakeChanged());

        _fold.Apply([Event(4, Now), Event(5, Now)], Now);
        var after = Assert.Single(_fold.TakeChanged());
        Assert.Equal(1, after.RepositoryId.Value);
        Assert.Same(before[1].ByEventType[0], after.ByEventType[0]);
        Assert.Equal(3, after.ByEventType[1].Events);
    }

    [Fact]
    public void A_repository_whose_events_are_all_yet_to_come_has_none_until_then()
    {
        Assert.Equal(new FoldResult(1, 0, 0), _fold.Apply([Event(1, Now.AddSeconds(5))], Now));
        var figures = Assert.Single(_fold.TakeChanged());
        Assert.Equal(0, figures.Total.Events);
        Assert.Empty(figures.ByEventType);
        Assert.Equal(Now.AddSeconds(5) - Tick, figures.ValidUntil);
        Assert.Equal(Now.AddSeconds(5), _fold.NextChangeAt);
        Assert.Equal((0, 0), (_fold.Repositories, _fold.Series));

        _fold.Advance(Now.AddSeconds(5));
        Assert.Equal(1, Assert.Single(_fold.TakeChanged()).Total.Events);
    }

    [Fact]
    public void Events_that_come_and_leave_between_two_takes_leave_no_trace()
    {
        _fold.Apply([Event(1, Now)], Now);
        _fold.Advance(Now.AddDays(8));
        Assert.Empty(_fold.TakeChanged());
        _fold.Apply([Event(2, Now.AddDays(8))], Now.AddDays(8));
        Assert.Single(_fold.TakeChanged());
    }

    [Fact]
    public void An_event_dated_in_the_future_shortens_the_time_that_published_figures_hold()
    {
        _fold.Apply([Event(1, Now)], Now);
        Assert.Equal(Now.AddDays(7), Assert.Single(_fold.TakeChanged()).ValidUntil);
        _fold.Apply([Event(2, Now.AddSeconds(5), "ForkEvent")], Now);
        var figures = Assert.Single(_fold.TakeChanged());
        Assert.Equal(Now.AddSeconds(5) - Tick, figures.ValidUntil);
        Assert.Equal(1, figures.Total.Events);
        Assert.Single(figures.ByEventType);
    }

    [Fact]
    public void A_clock_that_goes_back_by_seconds_makes_the_statistics_stand_still()
    {
        _fold.Apply([Event(1, Now.AddDays(-7))], Now);
        _fold.Apply([Event(2, Now.AddSeconds(-1))], Now.AddMinutes(-1));
        Assert.Null(_fold.TakeReadAgain());
        Assert.Equal(Now, _fold.Now);
        var figures = Assert.Single(_fold.TakeChanged());
        Assert.Equal(Now, figures.AsOf);
        Assert.Equal(2, figures.Total.Events);
    }

    [Fact]
    public void What_a_clock_that_was_ahead_let_leave_comes_back_when_it_is_put_right()
    {
        GitHubEvent[] events =
        [
            Event(1, Now.AddDays(-6)), Event(2, Now.AddDays(-1), "ForkEvent"), Event(3, Now.AddHours(1), repository: 2)
        ];
        _fold.Apply(events, Now.AddDays(400));
        Assert.Empty(_fold.TakeChanged());

        _fold.Advance(Now);
        Assert.Equal(Now.AddDays(-7), _fold.TakeReadAgain());
        _fold.Apply(events, Now);

        Assert.Equal(Now, _fold.Now);
        var figures = Assert.Single(_fold.TakeChanged(), figures => figures.RepositoryId == new RepositoryId(1));
        Assert.Equal((2, 2), (figures.Total.Events, figures.ByEventType.Count));
        Assert.Equal(1, _fold.Repositories);
        Assert.Equal(3, _fold.Series);
    }

    [Fact]
    public void What_only_a_clock_that_was_ahead_let_come_is_taken_back()
    {
        _fold.Apply([Event(1, Now.AddMinutes(30))], Now.AddHours(1));
        Assert.Equal(1, Assert.Single(_fold.TakeChanged()).Total.Events);

        _fold.Apply([], Now);
        Assert.NotNull(_fold.TakeReadAgain());
        _fold.Apply([Event(1, Now.AddMinutes(30))], Now);

        Assert.Equal(0, Assert.Single(_fold.TakeChanged()).Total.Events);
        Assert.Equal(Now.AddMinutes(30), _fold.NextChangeAt);
    }

    [Fact]
    public void What_was_superseded_stays_so_when_time_goes_back_by_less_than_a_window()
    {
        var webhook = Event(1, Now.AddDays(-6)) with { Key = new(EventId.FromWebhook(1), Now.AddDays(-6)) };
        var polled = Event(2, Now.AddDays(-6));
        _fold.Apply(new EventBatch([webhook, polled], LogPosition.Start) { Supersessions = [new(
            polled.RepositoryId, polled.Type, webhook.Key, polled.Key)] }, Now);

        _fold.Advance(Now.AddDays(6));
        _fold.Apply([webhook, polled], Now);

        Assert.Equal(1, Assert.Single(_fold.TakeChanged()).Total.Events);
    }

    [Fact]
    public void Any_time_that_an_event_can_bear_is_legal()
    {
        var events = new[] { Event(1, DateTimeOffset.MinValue), Event(2, DateTimeOffset.MaxValue), Event(3, Now) };
        var ever = new StatisticsFold(new() { Duration = TimeSpan.MaxValue });
        ever.Apply(events, Now);
        Assert.Equal(2, Assert.Single(ever.TakeChanged()).Total.Events);
        ever.Advance(DateTimeOffset.MaxValue);
        var figures = Assert.Single(ever.TakeChanged());
        Assert.Equal(3, figures.Total.Events);
        Assert.Null(figures.ValidUntil);
        Assert.Equal(DateTimeOffset.MaxValue.Ticks / 2e7, figures.Total.MeanIntervalSeconds);

        var early = new StatisticsFold(new());
        early.Apply(events, DateTimeOffset.MinValue);
        Assert.Equal(1, Assert.Single(early.TakeChanged()).Total.Events);
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(-1, 500)]
    [InlineData(1, 0)]
    public void A_window_of_nothing_is_refused(int seconds, int events) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new StatisticsFold(new() { Duration = TimeSpan.FromSeconds(seconds), MaxEvents = events }));
}
