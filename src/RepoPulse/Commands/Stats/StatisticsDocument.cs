namespace RepoPulse.Commands.Stats;

/// <summary>What the table shows of a repository's statistics.</summary>
internal sealed record StatisticsDocument
{
    public required string Repository { get; init; }

    public long? RepositoryId { get; init; }

    public CoverageDocument? Coverage { get; init; }

    public required SeriesDocument Total { get; init; }

    public IReadOnlyList<SeriesDocument> ByEventType { get; init; } = [];
}
