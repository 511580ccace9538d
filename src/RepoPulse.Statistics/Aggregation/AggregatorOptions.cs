namespace RepoPulse.Statistics;

/// <summary>What an aggregator computes, and how much it reads at once.</summary>
public sealed record AggregatorOptions
{
    public WindowOptions Window { get; init; } = new();

    /// <summary>The most events that a fold reads into memory at once, at least 1.</summary>
    public int BatchSize { get; init; } = 1000;
}
