using RepoPulse.Statistics;
using static RepoPulse.UnitTests.Statistics.TestEvents;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

public sealed class AggregatorFailureTests : IAsyncDisposable
{
    private readonly AggregatorFixture _fixture = new(batchSize: 3);
    private int _failures;

    private FakeEventLog Log => _fixture.Log;

    private FakeSink Sink => _fixture.Sink;

    private AggregatorStatus Status => _fixture.Status;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_failure_amid_the_first_read_starts_it_over_and_counts_nothing_twice()
    {
        Log.BeforeWindowBatch = number => number == 1 && _failures++ == 0 ? throw FakeSink.Failure(isTransient: true) : Task.CompletedTask;
        Log.Append(SecondsAgo(5, 4, 3, 2, 1));
        await _fixture.StartAsync();
        await _fixture.PassBackoffAsync();
        await Log.IdleAsync();

        Assert.Equal(2, Log.WindowsRead.Count);
        Assert.Equal(5, Assert.Single(Assert.Single(Sink.Published)).Total.Events);
        Assert.Equal(5, Status.Current.EventsFolded);
        Assert.True(Status.CaughtUp);
        Assert.Null(Status.Current.Failure);
    }

    [Fact]
    public async Task A_failed_read_is_repeated_from_where_the_last_one_ended()
    {
        Log.Append(SecondsAgo(5, 4));
        await IdleAndForgetTimersAsync();

        Log.BeforeRead = () => FailTimes(2);
        Log.Append(Event(9, Now));
        await _fixture.PassBackoffAsync();
        Assert.Equal(2, Sink.Total().Events);
        Assert.True(Status.CaughtUp);
        await _fixture.PassBackoffAsync();
        await Log.IdleAsync();

        Assert.Equal([2, 2, 2, 2, 3], Log.PositionsRead);
        Assert.Equal(3, Sink.Total().Events);
        Assert.Null(Status.Current.Failure);
    }

    [Fact]
    public async Task What_the_sink_did_not_take_is_published_by_the_next_success()
    {
        Log.Append(Event(1, Now.AddDays(-7), repository: 1), Event(2, Now, repository: 2));
        await IdleAndForgetTimersAsync();

        // The first repository's last event leaves and the second gets one while the sink is away; what then arrives is of a third.
        Sink.BeforePublish = () => FailTimes(1, () => Log.Append(Event(4, Now, repository: 3)));
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _fixture.PassBackoffAsync();
        await Log.IdleAsync();

        Assert.Equal(0, Sink.Total(1).Events);
        Assert.Equal(1, Sink.Total(3).Events);
        Assert.Equal([1, 3], Sink.Published[^1].Select(f => f.RepositoryId.Value).Order());
        Assert.Null(Status.Current.Failure);
    }

    [Fact]
    public async Task Is_caught_up_only_once_the_sink_has_everything_and_reads_the_window_once()
    {
        Sink.BeforePublish = () => FailTimes(1, () => Assert.False(Status.CaughtUp));
        Log.Append(SecondsAgo(5, 4));
        await _fixture.StartAsync();
        await _fixture.PassBackoffAsync();
        await Log.IdleAsync();
        Assert.True(Status.CaughtUp);
        Assert.Equal(2, Sink.Total().Events);
        Assert.Single(Log.WindowsRead);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_the_service_with_its_exception()
    {
        Log.BeforeWindowBatch = _ => throw FakeSink.Failure(isTransient: false);
        await _fixture.StartAsync();
        await Assert.ThrowsAsync<StorageException>(() => _fixture.Service.ExecuteTask!);
        Assert.False(Status.CaughtUp);
        Assert.Equal("The store is away.", Status.Current.Failure);
    }

    [Fact]
    public async Task A_failure_to_read_future_events_again_is_made_up_for()
    {
        Log.Append([.. Enumerable.Range(1, 600).Select(i => Event(i, Now.AddSeconds(i)))]);
        await IdleAndForgetTimersAsync();

        Log.BeforeWindowBatch = _ =>
        {
            FailTimes(1);
            return Task.CompletedTask;
        };
        _fixture.Time.SetUtcNow(Now.AddSeconds(600));
        await _fixture.PassBackoffAsync();
        await Log.IdleAsync();
        Assert.Equal(500, Sink.Total().Events);
        Assert.Equal(Now.AddSeconds(600), Sink.Total().LastEventAt);
    }

    /// <summary>Afterwards the next timer that is reported is that of a backoff.</summary>
    private async Task IdleAndForgetTimersAsync()
    {
        await _fixture.StartAndIdleAsync();
        await _fixture.Time.NextTimerAsync();
    }

    private void FailTimes(int times, Action? first = null)
    {
        if (_failures++ >= times)
            return;
        first?.Invoke();
        throw FakeSink.Failure(isTransient: true);
    }
}
