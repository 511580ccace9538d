namespace RepoPulse.Core.Hosting;

/// <summary>
/// Time that only passes. A wall clock is set, ahead and back, so what waits within a process is measured by this one; a wall clock dates
/// what is stored, shown or compared with other machines.
/// </summary>
public static class MonotonicTime
{
    /// <summary>The time since a moment that stays the same while the process runs. A machine's sleep need not be counted.</summary>
    public static TimeSpan GetSteadyNow(this TimeProvider time)
    {
        // In whole numbers: a double does not hold a long uptime to the tick.
        var (seconds, rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / time.TimestampFrequency));
    }

    /// <summary>What a clock says at the zero of steady time, in ticks: it moves when the clock is set, or the machine has slept.</summary>
    public static long ZeroOf(DateTimeOffset clock, TimeSpan steady) => clock.UtcTicks - steady.Ticks;

    /// <summary>What the clock says at a moment of steady time, given its <see cref="ZeroOf"/>.</summary>
    public static DateTimeOffset At(long zero, TimeSpan steady) => new(zero + steady.Ticks, TimeSpan.Zero);
}
