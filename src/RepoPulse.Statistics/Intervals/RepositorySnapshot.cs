namespace RepoPulse.Statistics;

/// <summary>The statistics of one repository's series at one moment.</summary>
public sealed record RepositorySnapshot
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The moment for which the statistics hold.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// Until when (inclusive) they hold if no event arrives: after it an event leaves a window, or one dated in the future enters it. Null
    /// for ever.
    /// </summary>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>All events together.</summary>
    public required SeriesSnapshot Total { get; init; }

    /// <summary>The types with an event in their window, by name in ordinal order.</summary>
    public required IReadOnlyList<SeriesSnapshot> ByEventType { get; init; }
}

/// <summary>
/// The statistics of one series' window. Intervals are the seconds between neighbours in time order; of n events there are n − 1. An
/// interval value is null with fewer than two events, the standard deviation with fewer than three.
/// </summary>
public sealed record SeriesSnapshot
{
    /// <summary><see cref="Core.EventType.All"/> for the series of all events.</summary>
    public required EventType EventType { get; init; }

    /// <summary>How many events the window holds.</summary>
    public required int Events { get; init; }

    /// <summary>Whether the cap left older events of the window's time out.</summary>
    public required bool Capped { get; init; }

    public DateTimeOffset? FirstEventAt { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>(last − first) / (n − 1).</summary>
    public double? MeanIntervalSeconds { get; init; }

    /// <summary>Linear interpolation between closest ranks (Hyndman and Fan's type 7, PostgreSQL's percentile_cont).</summary>
    public double? MedianIntervalSeconds { get; init; }

    /// <summary>The 95th percentile, interpolated as the median.</summary>
    public double? P95IntervalSeconds { get; init; }

    public double? MinIntervalSeconds { get; init; }

    public double? MaxIntervalSeconds { get; init; }

    /// <summary>The sample's standard deviation (divisor: number of intervals − 1).</summary>
    public double? StdDevIntervalSeconds { get; init; }
}
