namespace GitHubSimulator.Generation;

/// <summary>How made-up events come about.</summary>
public sealed record GenerationOptions
{
    /// <summary>The same seed and start give the same events.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How far back events reach at the start, or as far as feeds can show, whichever is less.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Events become visible at random within this time after they happened.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>The share of neighbours that stand the wrong way round: a quarter were seen so in September 2026.</summary>
    public double SwappedShare { get; init; } = 0.25;

    /// <summary>Whether nights, weekends and bursts differ from the mean.</summary>
    public bool HasRhythm { get; init; } = true;
}
