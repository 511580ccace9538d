using System.Threading.Channels;

namespace RepoPulse.UnitTests.Statistics.Aggregation;

/// <summary>A fake clock that reports each timer set, so that a test moves it only once something waits for it.</summary>
internal sealed class AnnouncingTimeProvider(DateTimeOffset start) : SettableTime(start)
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>How long the next timer set runs that no call returned yet.</summary>
    public async Task<TimeSpan> NextTimerAsync() => await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
