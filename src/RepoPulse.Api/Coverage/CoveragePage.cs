using System.Text.Json.Serialization;

namespace RepoPulse.Api.Coverage;

/// <summary>A page of a repository's coverage, in time order.</summary>
internal sealed record CoveragePage
{
    public required IReadOnlyList<CoverageStretch> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}

/// <summary>An interval of a repository's history.</summary>
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

/// <summary>"gap" where events may be missing; "repaired" for a gap over which an archive was imported.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StretchState>))]
internal enum StretchState
{
    [JsonStringEnumMemberName("complete")]
    Complete,

    [JsonStringEnumMemberName("gap")]
    Gap,

    [JsonStringEnumMemberName("repaired")]
    Repaired,
}
