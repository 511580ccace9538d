namespace RepoPulse.Statistics;

/// <summary>What an aggregator computes, and how much it reads at once.</summary>
public sealed record AggregatorOptions
{
    public WindowOptions Window { get; init; } = new();

    /// <summary>The most events that a fold reads into memory at once, at least 1.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>
    /// Once in step, figures are published no sooner than this after they last were, and events gather meanwhile. Zero where publishing costs
    /// nothing.
    /// </summary>
    public TimeSpan MinPublishInterval { get; init; } = TimeSpan.Zero;
}
