namespace RepoPulse.Api.Contracts;

/// <summary>A stretch of time and how many events happened in it, as far as it lies within the time asked for.</summary>
internal sealed record ActivityBucket
{
    /// <summary>Inclusive; a multiple of the length since 1970.</summary>
    public required DateTimeOffset From { get; init; }

    public required long Events { get; init; }

    /// <summary>By GitHub's name of the type; types without an event are absent.</summary>
    public required IReadOnlyDictionary<string, long> ByEventType { get; init; }
}
