namespace RepoPulse.Statistics;

/// <summary>How far back a window reaches: the newest <see cref="MaxEvents"/> events no older than <see cref="Duration"/>, whichever is less.</summary>
public sealed record WindowOptions
{
    /// <summary>More than zero; an event exactly this old is still inside.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>At least 1.</summary>
    public int MaxEvents { get; init; } = 500;
}
