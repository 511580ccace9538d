using System.Text.Json.Serialization;

namespace RepoPulse.Commands.Stats;

/// <summary>What the table shows of a repository's statistics.</summary>
internal sealed record StatisticsDocument
{
    public required string Repository { get; init; }

    public long? RepositoryId { get; init; }

    public CoverageDocument? Coverage { get; init; }

    public required SeriesDocument Total { get; init; }

    public IReadOnlyList<SeriesDocument> ByEventType { get; init; } = [];
}

internal sealed record SeriesDocument
{
    public required string EventType { get; init; }

    public required int Events { get; init; }

    public string? LimitedBy { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    public double? MeanIntervalSeconds { get; init; }

    public double? MedianIntervalSeconds { get; init; }

    public double? P95IntervalSeconds { get; init; }
}

internal sealed record CoverageDocument
{
    public DateTimeOffset? From { get; init; }

    public int Gaps { get; init; }

    public double MissingSeconds { get; init; }
}

/// <summary>What is read of the API's activity of a repository.</summary>
internal sealed record ActivityDocument
{
    public required IReadOnlyList<ActivityBucket> Items { get; init; }
}

internal sealed record ActivityBucket
{
    public required DateTimeOffset From { get; init; }

    public required IReadOnlyDictionary<string, long> ByEventType { get; init; }
}

/// <summary>A document as it came, and what the table shows of it.</summary>
internal readonly record struct StatisticsItem(ReadOnlyMemory<byte> Json, StatisticsDocument Document);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatisticsDocument))]
[JsonSerializable(typeof(ActivityDocument))]
internal sealed partial class StatisticsJsonContext : JsonSerializerContext;
