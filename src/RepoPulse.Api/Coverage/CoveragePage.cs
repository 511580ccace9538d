using System.Text.Json.Serialization;

namespace RepoPulse.Api.Coverage;

/// <summary>A page of a repository's coverage, in time order.</summary>
internal sealed record CoveragePage
{
    public required IReadOnlyList<CoverageStretch> Items { get; init; }

    public required CoverageEvidence Evidence { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}

/// <summary>What supports the statement, beside the polls.</summary>
internal sealed record CoverageEvidence
{
    /// <summary>Pushes to a ref form a chain; null where evidence is off.</summary>
    public required PushEvidence? Pushes { get; init; }

    /// <summary>Issues, pull requests and discussions are numbered in one sequence; null where evidence is off.</summary>
    public required NumberEvidence? Numbers { get; init; }

    /// <summary>
    /// When the feed was last read without conditions, which confirms what unchanged responses said; null where it never was.
    /// </summary>
    public required DateTimeOffset? ConfirmedAt { get; init; }
}

/// <summary>What the held pushes say of each other.</summary>
internal sealed record PushEvidence
{
    /// <summary>Neighbouring pushes of a ref that fit.</summary>
    public required long Links { get; init; }

    /// <summary>Those that do not, although nothing that is missing can still be late.</summary>
    public required long Broken { get; init; }
}

/// <summary>What the numbers say of what was opened. Transfers and deletions make holes of their own.</summary>
internal sealed record NumberEvidence
{
    /// <summary>The span of the numbers opened.</summary>
    public required long Expected { get; init; }

    /// <summary>How many of them are held.</summary>
    public required long Held { get; init; }
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

    /// <summary>
    /// Of a repaired stretch, what part of what happened its archive can hold at most, by its own chains of pushes; null where that is not
    /// known.
    /// </summary>
    public required double? CapturedAtMost { get; init; }
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
