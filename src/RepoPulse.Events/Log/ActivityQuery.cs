namespace RepoPulse.Events;

/// <summary>Which stored events of a repository are counted, and by what stretches of time.</summary>
public sealed record ActivityQuery
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyCollection<EventType> Types { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The length of a bucket: whole microseconds, at least one. Buckets start at its multiples since 1970.</summary>
    public required TimeSpan Bucket { get; init; }
}
