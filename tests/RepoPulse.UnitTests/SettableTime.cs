using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.UnitTests;

/// <summary>
/// A fake time whose wall clock can be set, as an administrator or a time server does: timers and timestamps do not see it.
/// </summary>
internal class SettableTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly TaskCompletionSource<TimeSpan> _firstWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ahead;

    /// <summary>By how much the wall clock is ahead of the right time.</summary>
    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    /// <summary>The right time.</summary>
    public DateTimeOffset Right => base.GetUtcNow();

    /// <summary>How long the first timer waits that is set, once there is one.</summary>
    public Task<TimeSpan> FirstWait => _firstWait.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
            _firstWait.TrySetResult(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
