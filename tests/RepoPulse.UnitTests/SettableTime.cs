using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.UnitTests;

/// <summary>
/// A fake time whose wall clock can be set, as an administrator or a time server does: timers and timestamps do not see it.
/// </summary>
internal class SettableTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private long _ahead;

    /// <summary>By how much the wall clock is ahead of the right time.</summary>
    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    /// <summary>The right time.</summary>
    public DateTimeOffset Right => base.GetUtcNow();

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
