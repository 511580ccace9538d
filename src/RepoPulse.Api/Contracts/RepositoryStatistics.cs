namespace RepoPulse.Api.Contracts;

/// <summary>The statistics of one repository over the rolling window.</summary>
internal sealed record RepositoryStatistics
{
    /// <summary>The present name, owner/name.</summary>
    public required string Repository { get; init; }

    /// <summary>GitHub's id, which stays when the name changes; null while a watched repository has not answered yet.</summary>
    public required long? RepositoryId { get; init; }

    public required StatisticsWindow Window { get; init; }

    public required WindowCoverage Coverage { get; init; }

    public required SeriesStatistics Total { get; init; }

    /// <summary>The types with an event in the window, by name.</summary>
    public required IReadOnlyList<SeriesStatistics> ByEventType { get; init; }
}
