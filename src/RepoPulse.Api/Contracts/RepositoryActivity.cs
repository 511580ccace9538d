namespace RepoPulse.Api.Contracts;

/// <summary>How many events happened in one repository, stretch by stretch.</summary>
internal sealed record RepositoryActivity
{
    /// <summary>The length of every stretch.</summary>
    public required long BucketSeconds { get; init; }

    /// <summary>In time order, those without an event included.</summary>
    public required IReadOnlyList<ActivityBucket> Items { get; init; }
}
