using System.Text.Json.Serialization;

namespace RepoPulse.Api.Statistics;

/// <summary>The statistics of one repository over the rolling window.</summary>
internal sealed record RepositoryStatistics
{
    /// <summary>The present name, owner/name.</summary>
    public required string Repository { get; init; }

    /// <summary>GitHub's id, which stays when the name changes; null while a watched repository has not responded yet.</summary>
    public required long? RepositoryId { get; init; }

    public required StatisticsWindow Window { get; init; }

    public required WindowCoverage Coverage { get; init; }

    public required SeriesStatistics Total { get; init; }

    /// <summary>The types with an event in the window, by name.</summary>
    public required IReadOnlyList<SeriesStatistics> ByEventType { get; init; }
}

/// <summary>A page of statistics documents.</summary>
internal sealed record StatisticsPage
{
    public required IReadOnlyList<RepositoryStatistics> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}

/// <summary>
/// The statistics of one series: the newest events of one type in one repository, or of all types, no older than the window. Interval
/// statistics are the seconds between the created_at of neighbours; they are null with fewer than two events, the standard deviation with
/// fewer than three.
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

/// <summary>The rolling window: the newest events, at most so many and no older than so long, whichever is less.</summary>
internal sealed record StatisticsWindow
{
    /// <summary>How far back it reaches.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The most events of one series.</summary>
    public required int MaxEvents { get; init; }
}

/// <summary>
/// What makes a window no longer: the cap on its events; the history, because coverage begins after the window does or nothing was ever
/// swept; or its duration.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowLimit>))]
internal enum WindowLimit
{
    [JsonStringEnumMemberName("events")]
    Events,

    [JsonStringEnumMemberName("history")]
    History,

    [JsonStringEnumMemberName("duration")]
    Duration,
}

/// <summary>
/// What is known to be complete. It stands under one assumption: an event that enters a feed stays in it until the next scheduled sweep.
/// </summary>
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
