namespace RepoPulse.Api.Contracts;

/// <summary>A stretch of a repository's history.</summary>
internal sealed record CoverageStretch
{
    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    public required StretchState State { get; init; }

    /// <summary>Why it is a gap; null where it is complete.</summary>
    public required string? Reason { get; init; }
}
