namespace RepoPulse.Statistics;

/// <summary>How far back a window reaches: the newest <see cref="MaxEvents"/> events no older than <see cref="Duration"/>, whichever is less.</summary>
public sealed record WindowOptions
{
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(7);

    public int MaxEvents { get; init; } = 500;
}
