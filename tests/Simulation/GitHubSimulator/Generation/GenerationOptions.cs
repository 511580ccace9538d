namespace GitHubSimulator.Generation;

/// <summary>How made-up events come about.</summary>
public sealed record GenerationOptions
{
    /// <summary>The same seed and repositories give the same events.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How far back events reach at the start. They are made up only when a feed is read that shows them.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);

    public Lateness Lateness { get; init; } = Lateness.None;

    /// <summary>The share of neighbours that stand the wrong way round: a quarter were seen so in September 2026.</summary>
    public double SwappedShare { get; init; } = 0.25;

    /// <summary>Whether nights, weekends and bursts differ from the mean.</summary>
    public bool HasRhythm { get; init; } = true;

    /// <summary>Events of some 300 bytes, of which a page is about 30 kB: for runs in which size does not matter.</summary>
    public bool MinimalPayloads { get; init; }

    /// <summary>
    /// Pushes with their commits and whole pull requests, as before October 2025 and still from GitHub Enterprise Server.
    /// </summary>
    public bool OldPayloads { get; init; }

    /// <summary>Of events: those of a type that nobody has seen before.</summary>
    public double NewTypeShare { get; init; }

    /// <summary>Of events: those whose payload is <c>null</c>.</summary>
    public double NullPayloadShare { get; init; }

    /// <summary>How long after the start ids begin again, far below those given before; null for never.</summary>
    public TimeSpan? IdRestartAfter { get; init; }

    /// <summary>
    /// Of events: those that get the id of an older one again, of the same repository or another, with a time of their own.
    /// </summary>
    public double IdCollisionShare { get; init; }
}
