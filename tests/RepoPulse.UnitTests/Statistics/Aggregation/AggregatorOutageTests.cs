using Microsoft.Extensions.Logging;
using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

/// <summary>What an aggregator does while the log is away.</summary>
public sealed class AggregatorOutageTests : IAsyncDisposable
{
    private readonly AggregatorFixture _fixture = new(batchSize: 3);

    private FakeEventLog Log => _fixture.Log;

    private FakeSink Sink => _fixture.Sink;

    private AggregatorStatus Status => _fixture.Status;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Windows_go_on_expiring_and_what_comes_back_with_the_log_is_counted()
    {
        Log.Append(Event(1, Now.AddDays(-7).AddSeconds(12)), Event(2, Now));
        await StartAndForgetTimersAsync();
        LoseLog();
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        var backoff = await _fixture.Time.NextTimerAsync();
        Assert.Equal(2, Sink.Total().Events);

        while (_fixture.Time.GetUtcNow() <= Now.AddSeconds(12))
            backoff = await PassAsync(backoff);
        Assert.Equal(1, Sink.Total().Events);
        Assert.NotNull(Status.Current.Failure);
        Assert.Equal(Now, Status.Current.InStepAt);

        Log.Append(Event(3, _fixture.Time.GetUtcNow()));
        Log.BeforeRead = () => { };
        _fixture.Time.Advance(backoff);
        await Log.IdleAsync();
        Assert.Equal(2, Sink.Total().Events);
        Assert.Null(Status.Current.Failure);
        Assert.Equal(_fixture.Time.GetUtcNow(), Status.Current.InStepAt);
    }

    [Fact]
    public async Task The_log_is_tried_again_every_few_seconds_however_long_it_is_away()
    {
        await StartAndForgetTimersAsync();
        LoseLog();
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));

        var waits = new List<TimeSpan> { await _fixture.Time.NextTimerAsync() };
        for (var i = 0; i < 20; i++)
            waits.Add(await PassAsync(waits[^1]));

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5)));
        Assert.All(waits[4..], wait => Assert.InRange(wait, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task It_is_logged_once_that_the_log_is_lost_and_once_that_it_is_back()
    {
        await StartAndForgetTimersAsync();
        LoseLog();
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        var backoff = await _fixture.Time.NextTimerAsync();
        for (var i = 0; i < 5; i++)
            backoff = await PassAsync(backoff);
        Log.BeforeRead = () => { };
        _fixture.Time.Advance(backoff);
        await Log.IdleAsync();

        Assert.Equal(
            [LogLevel.Information, LogLevel.Warning, LogLevel.Information],
            _fixture.Logs.GetSnapshot().Where(log => log.Level > LogLevel.Debug).Select(log => log.Level));
        Assert.StartsWith(
            "The store is away.",
            _fixture.Logs.GetSnapshot().Single(log => log.Level == LogLevel.Warning).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The statistics are in step with the event log again, after ", _fixture.Logs.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_must_be_read_once_more_to_be_right_stay_as_they_were()
    {
        // More events dated in the future than are held: when the first of the rest comes due, the log must be asked.
        Log.Append([.. Enumerable.Range(1, 600).Select(i => Event(i, Now.AddSeconds(i)))]);
        await StartAndForgetTimersAsync();
        LoseLog();
        _fixture.Time.SetUtcNow(Now.AddSeconds(550));
        await _fixture.Time.NextTimerAsync();
        var published = Sink.Published.Count;
        Assert.Equal(0, Sink.Total().Events);

        Log.BeforeRead = () => { };
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));
        await Log.IdleAsync();
        Assert.Equal(500, Sink.Total().Events);
        Assert.Equal(published + 1, Sink.Published.Count);
    }

    [Fact]
    public async Task Before_the_first_fold_has_ended_nothing_is_published_for_an_outage()
    {
        Log.Append(SecondsAgo(5, 4));
        LoseLog();
        await _fixture.StartAsync();
        await PassAsync(await _fixture.Time.NextTimerAsync());

        Assert.Empty(Sink.Published);
        Assert.False(Status.CaughtUp);
        Assert.Null(Status.Current.InStepAt);
    }

    private void LoseLog() => Log.BeforeRead = () => throw FakeSink.Failure(isTransient: true);

    /// <summary>Lets a backoff pass, and returns the one that follows.</summary>
    private async Task<TimeSpan> PassAsync(TimeSpan backoff)
    {
        _fixture.Time.Advance(backoff);
        return await _fixture.Time.NextTimerAsync();
    }

    /// <summary>Afterwards the next timer that is reported is that of a backoff.</summary>
    private async Task StartAndForgetTimersAsync()
    {
        await _fixture.StartAndIdleAsync();
        await _fixture.Time.NextTimerAsync();
    }
}
