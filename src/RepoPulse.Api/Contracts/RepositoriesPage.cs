namespace RepoPulse.Api.Contracts;

/// <summary>A page of repositories, by name.</summary>
internal sealed record RepositoriesPage
{
    public required IReadOnlyList<RepositorySummary> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}
