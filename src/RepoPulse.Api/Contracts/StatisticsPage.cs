namespace RepoPulse.Api.Contracts;

/// <summary>A page of statistics documents.</summary>
internal sealed record StatisticsPage
{
    public required IReadOnlyList<RepositoryStatistics> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}
