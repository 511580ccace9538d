namespace GitHubSimulator.Archive;

/// <summary>When archived events happen in the simulated world.</summary>
public sealed record ArchiveTiming
{
    private ArchiveTiming()
    {
    }

    /// <summary>At the times recorded.</summary>
    public static ArchiveTiming AsRecorded { get; } = new();

    /// <summary>How many times faster than they were recorded; above 0.</summary>
    public double Speed { get; private init; } = 1;

    private DateTimeOffset? Oldest { get; init; }

    private DateTimeOffset? Newest { get; init; }

    /// <summary>Shifted so that the first happens at a time; those after now come as time goes on.</summary>
    public static ArchiveTiming OldestAt(DateTimeOffset at, double speed = 1) => new() { Oldest = at, Speed = Positive(speed) };

    /// <summary>Shifted so that the last happens at a time.</summary>
    public static ArchiveTiming NewestAt(DateTimeOffset at, double speed = 1) => new() { Newest = at, Speed = Positive(speed) };

    internal DateTimeOffset Shift(DateTimeOffset recorded, DateTimeOffset oldest, DateTimeOffset newest) => this switch
    {
        { Oldest: { } at } => at + (recorded - oldest) / Speed,
        { Newest: { } at } => at - (newest - recorded) / Speed,
        _ => recorded,
    };

    private static double Positive(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        return speed;
    }
}
