namespace RepoPulse.Api.Contracts;

/// <summary>The rolling window: the newest events, at most so many and no older than so long, whichever is less.</summary>
internal sealed record StatisticsWindow
{
    /// <summary>How far back it reaches.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The most events of one series.</summary>
    public required int MaxEvents { get; init; }
}
