namespace RepoPulse.Events.Loops;

/// <summary>How a <see cref="ServiceLoop"/> waits after a failure.</summary>
public sealed record LoopOptions
{
    /// <summary>The wait after the first failure; doubled with each further one.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);
}
