namespace RepoPulse.Api.Contracts;

/// <summary>What can be vouched for. It stands under one assumption: an event that enters a feed stays in it until the next scheduled sweep.</summary>
internal sealed record WindowCoverage
{
    /// <summary>The time since which no gap is known; null where the repository was never swept.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>Whether that reaches across the whole window.</summary>
    public required bool Complete { get; init; }

    /// <summary>How many gaps touch the window, repaired ones included.</summary>
    public required int Gaps { get; init; }

    /// <summary>Their full length together.</summary>
    public required double MissingSeconds { get; init; }
}
