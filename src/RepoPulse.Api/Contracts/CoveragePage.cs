namespace RepoPulse.Api.Contracts;

/// <summary>A page of a repository's coverage, in time order.</summary>
internal sealed record CoveragePage
{
    public required IReadOnlyList<CoverageStretch> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}
