namespace RepoPulse.Api.Contracts;

/// <summary>
/// The figures of one series: the newest events of one type in one repository, or of all types, no older than the window. Interval figures are the
/// seconds between the created_at of neighbours; they are null with fewer than two events, the standard deviation with fewer than three.
/// </summary>
internal sealed record SeriesStatistics
{
    /// <summary>GitHub's name of the type, or * for all events together.</summary>
    public required string EventType { get; init; }

    /// <summary>How many events the window holds.</summary>
    public required int Events { get; init; }

    public required WindowLimit LimitedBy { get; init; }

    /// <summary>The oldest event of the window.</summary>
    public required DateTimeOffset? FirstEventAt { get; init; }

    /// <summary>The newest event of the window.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>(last − first) / (events − 1).</summary>
    public required double? MeanIntervalSeconds { get; init; }

    /// <summary>The median, interpolated linearly between closest ranks (type 7).</summary>
    public required double? MedianIntervalSeconds { get; init; }

    /// <summary>The 95th percentile, interpolated as the median is.</summary>
    public required double? P95IntervalSeconds { get; init; }

    /// <summary>The shortest interval.</summary>
    public required double? MinIntervalSeconds { get; init; }

    /// <summary>The longest interval.</summary>
    public required double? MaxIntervalSeconds { get; init; }

    /// <summary>The sample's standard deviation.</summary>
    public required double? StdDevIntervalSeconds { get; init; }
}
