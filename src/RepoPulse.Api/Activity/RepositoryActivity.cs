namespace RepoPulse.Api.Activity;

/// <summary>How many events happened in one repository, interval by interval.</summary>
internal sealed record RepositoryActivity
{
    /// <summary>The length of every interval.</summary>
    public required long BucketSeconds { get; init; }

    /// <summary>In time order, those without an event included.</summary>
    public required IReadOnlyList<ActivityBucket> Items { get; init; }
}

/// <summary>An interval of time and how many events happened in it, as far as it lies within the time asked for.</summary>
internal sealed record ActivityBucket
{
    /// <summary>Inclusive; a multiple of the length since 1970.</summary>
    public required DateTimeOffset From { get; init; }

    public required long Events { get; init; }

    /// <summary>By GitHub's name of the type; types without an event are absent.</summary>
    public required IReadOnlyDictionary<string, long> ByEventType { get; init; }
}
