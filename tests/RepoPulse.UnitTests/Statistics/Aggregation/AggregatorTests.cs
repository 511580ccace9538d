using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

public sealed class AggregatorTests : IAsyncDisposable
{
    private readonly AggregatorFixture _fixture = new(batchSize: 3);

    private FakeEventLog Log => _fixture.Log;

    private FakeSink Sink => _fixture.Sink;

    private AggregatorStatus Status => _fixture.Status;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Publishes_nothing_before_everything_held_is_folded()
    {
        var lastBatch = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Log.BeforeWindowBatch = number =>
        {
            if (number < 3)
                return Task.CompletedTask;
            reached.SetResult();
            return lastBatch.Task;
        };
        Log.Append(SecondsAgo(8, 7, 6, 5, 4, 3, 2, 1));

        await _fixture.StartAsync();
        await reached.Task;
        Assert.Empty(Sink.Published);
        Assert.False(Status.CaughtUp);
        Assert.Equal(8, Status.Current.EventsFolded);

        lastBatch.SetResult();
        await Log.IdleAsync();
        Assert.Equal(8, Assert.Single(Assert.Single(Sink.Published)).Total.Events);
        Assert.True(Status.CaughtUp);
        Assert.Equal([3], Log.BatchSizesAsked);
        Assert.Equal([Now.AddDays(-7)], Log.WindowsRead);
    }

    [Fact]
    public async Task Where_publishing_costs_something_events_gather_until_it_may_be_done_again()
    {
        var interval = TimeSpan.FromMilliseconds(250);
        await using var fixture = new AggregatorFixture(minPublishInterval: interval);
        fixture.Log.Append(SecondsAgo(3));
        await fixture.StartAndIdleAsync();
        Assert.Equal(TimeSpan.FromSeconds(10), await fixture.Time.NextTimerAsync());

        fixture.Log.Append(SecondsAgo(2));
        Assert.Equal(interval, await fixture.Time.NextTimerAsync());
        fixture.Log.Append(SecondsAgo(1));
        Assert.Single(fixture.Sink.Published);

        fixture.Time.Advance(interval);
        Assert.Equal(interval, await fixture.Time.NextTimerAsync());
        Assert.Equal([1, 3], fixture.Sink.Published.Select(figures => Assert.Single(figures).Total.Events));
    }

    [Fact]
    public async Task Statistics_become_right_again_once_a_clock_that_was_ahead_is_put_right()
    {
        Log.Append(
            Event(1, Now.AddDays(-6)), Event(2, Now.AddDays(-5)), Event(3, Now.AddHours(-1)), Event(4, Now.AddHours(-1), repository: 2));
        _fixture.Time.Ahead = TimeSpan.FromDays(5);
        await _fixture.StartAndIdleAsync();
        Assert.Equal(1, Sink.Total().Events);

        _fixture.Time.Ahead = TimeSpan.Zero;
        await _fixture.Time.NextTimerAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        await Log.IdleAsync();

        Assert.Equal(3, Sink.Total().Events);
        Assert.Equal(1, Sink.Total(2).Events);
        Assert.Equal([Now.AddDays(-2), Now.AddDays(-7).AddSeconds(10)], Log.WindowsRead);
    }

    [Fact]
    public async Task An_empty_log_is_caught_up_with_at_once()
    {
        await _fixture.StartAndIdleAsync();
        Assert.True(Status.CaughtUp);
        Assert.Empty(Sink.Published);
    }

    [Fact]
    public async Task Goes_on_from_the_position_of_the_last_batch_and_publishes_what_arrives()
    {
        Log.Append(SecondsAgo(40, 30, 20, 10));
        await _fixture.StartAndIdleAsync();
        Assert.Equal([4], Log.PositionsRead);

        Log.Append(Event(5, Now, repository: 2), Event(6, Now));
        await Log.IdleAsync();
        Assert.Equal([4, 4, 6], Log.PositionsRead);
        Assert.Equal(5, Sink.Total().Events);
        Assert.Equal(1, Sink.Total(2).Events);
        Assert.Equal(new AggregatorStatus.Snapshot(LogPosition.Of(6), 6, 2, 4, null) { InStepAt = Now }, Status.Current);
    }

    [Fact]
    public async Task Never_publishes_both_an_event_and_the_one_that_supersedes_it_while_the_window_was_read()
    {
        var webhook = Event(1, Now.AddSeconds(-9)) with { Key = new(EventId.FromWebhook(1), Now.AddSeconds(-9)) };
        Log.Append([webhook, .. SecondsAgo(8, 7, 6, 5)]);
        // After the first page, which has it. The later pages are of what was held then, and so may or may not have the other.
        Log.BeforeWindowBatch = number =>
        {
            if (number == 1)
                Log.AppendInPlaceOf(webhook.Key, Event(9, Now.AddSeconds(-1)));
            return Task.CompletedTask;
        };
        await _fixture.StartAndIdleAsync();
        Assert.Equal([5], Sink.Published.Select(figures => figures[0].Total.Events));
        Assert.Equal(Now.AddSeconds(-8), Sink.Total().FirstEventAt);
    }

    [Fact]
    public async Task Reads_the_window_once_more_where_a_superseded_event_leaves_a_place_and_publishes_nothing_in_between()
    {
        await using var fixture = new AggregatorFixture(batchSize: 3, new() { MaxEvents = 3 });
        GitHubEvent Webhook(int id, int seconds) =>
            Event(id, Now) with { Key = new(EventId.FromWebhook((ulong)id), Now.AddSeconds(seconds)) };
        fixture.Log.Append([Webhook(1, 0), Webhook(2, -5), .. SecondsAgo(10, 20, 30)]);
        // The second read of the window is ahead of the position: it holds what takes the place of an event that the fold still has.
        fixture.Log.BeforeWindow = number =>
        {
            if (number == 1)
                fixture.Log.AppendInPlaceOf(Webhook(2, -5).Key, Event(8, Now.AddSeconds(-4)));
        };
        await fixture.StartAndIdleAsync();
        fixture.Log.AppendInPlaceOf(Webhook(1, 0).Key, Event(9, Now.AddSeconds(-40)));
        await fixture.Log.IdleAsync();

        // The third because the other superseded event left a place in its turn.
        Assert.Equal(Enumerable.Repeat(Now.AddDays(-7), 3), fixture.Log.WindowsRead);
        Assert.Equal(
            [(3, true, Now.AddSeconds(-10), Now), (3, true, Now.AddSeconds(-20), Now.AddSeconds(-4))],
            fixture.Sink.Published.Select(
                f => (f[0].Total.Events, f[0].Total.Capped, f[0].Total.FirstEventAt!.Value, f[0].Total.LastEventAt!.Value)));
    }

    [Fact]
    public async Task Publishes_an_expiry_when_its_time_comes_without_an_event()
    {
        Log.Append(Event(1, Now.AddDays(-7).AddSeconds(9)), Event(2, Now));
        await _fixture.StartAndIdleAsync();
        Assert.Equal(2, Sink.Total().Events);
        Assert.Equal(Now.AddSeconds(9), Sink.Figures[1].ValidUntil);

        // Timers count whole milliseconds, and the change is a tick after the ninth second.
        Assert.Equal(TimeSpan.FromMilliseconds(9_001), await _fixture.Time.NextTimerAsync());
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(9_001));
        await Log.IdleAsync();
        Assert.Equal(1, Sink.Total().Events);
        Assert.Equal(2, Sink.Published.Count);
    }

    [Fact]
    public async Task Publishes_once_that_the_last_event_left()
    {
        Log.Append(Event(1, Now.AddDays(-7)));
        await _fixture.StartAndIdleAsync();
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Log.IdleAsync();
        Assert.Equal(0, Sink.Total().Events);
        Assert.Equal(0, Status.Current.Repositories);

        _fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await Log.IdleAsync();
        Assert.Equal(2, Sink.Published.Count);
    }

    [Fact]
    public async Task Looks_again_after_ten_seconds_in_case_the_clock_was_set_or_the_log_is_lost()
    {
        Log.Append(Event(1, Now));
        await _fixture.StartAndIdleAsync();
        Assert.Equal(TimeSpan.FromSeconds(10), await _fixture.Time.NextTimerAsync());
    }

    [Fact]
    public async Task Publishes_once_for_many_events_that_are_there_together()
    {
        await _fixture.StartAndIdleAsync();
        Log.Append(SecondsAgo(8, 7, 6, 5, 4, 3, 2, 1));
        await Log.IdleAsync();
        Assert.Equal(8, Assert.Single(Assert.Single(Sink.Published)).Total.Events);
    }

    [Fact]
    public async Task Publishes_on_the_way_where_there_is_always_more_to_read()
    {
        await _fixture.StartAndIdleAsync();
        Log.BeforeRead = () => _fixture.Time.Advance(TimeSpan.FromMilliseconds(600));
        Log.Append(SecondsAgo([.. Enumerable.Range(0, 12).Select(i => (double)i)]));
        await Log.IdleAsync();
        Assert.Equal([6, 12], Sink.Published.Select(p => p[0].Total.Events));
    }

    [Fact]
    public async Task Counts_more_events_dated_in_the_future_than_it_holds_each_at_its_time()
    {
        Log.Append([.. Enumerable.Range(1, 1200).Select(i => Event(i, Now.AddSeconds(i)))]);
        await _fixture.StartAndIdleAsync();
        Assert.Equal(0, Sink.Total().Events);

        foreach (var seconds in new[] { 450, 650, 1199 })
        {
            _fixture.Time.SetUtcNow(Now.AddSeconds(seconds));
            await Log.IdleAsync();
            Assert.Equal(Math.Min(seconds, 500), Sink.Total().Events);
            Assert.Equal(seconds > 500, Sink.Total().Capped);
            Assert.Equal(Now.AddSeconds(seconds), Sink.Total().LastEventAt);
            Assert.Equal(Now.AddSeconds(seconds + 1).AddTicks(-1), Sink.Figures[1].ValidUntil);
        }
    }

    [Fact]
    public async Task Stops_when_asked_to()
    {
        await _fixture.StartAndIdleAsync();
        await _fixture.Service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(_fixture.Service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Null(Status.Current.Failure);
    }
}
