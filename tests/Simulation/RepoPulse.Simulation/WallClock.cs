namespace RepoPulse.Simulation;

/// <summary>The clock of the machine that collects: it is set now and then, and neither timers nor GitHub see that.</summary>
public sealed class WallClock(SimulationClock clock) : TimeProvider
{
    /// <summary>By how much it is ahead of the right time.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Ahead;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
