using RepoPulse.Kafka.Feeds;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka.Statistics;

/// <summary>
/// What the log tells of a repository: its names, its newest event and its figures. Its key is the repository's id, as that of its events, and so it
/// stands in the partition of the same number.
/// </summary>
internal sealed record StatisticsRecord
{
    public long RepositoryId { get; init; }

    /// <summary>The names that its events bore.</summary>
    public IReadOnlyList<NameRecord> Names { get; init; } = [];

    /// <summary>Its newest event, however old.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>The moment that the figures hold for.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Until when they hold if no event arrives; for ever where it is left out.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Left out where no event is in the window.</summary>
    public SeriesRecord? Total { get; init; }

    public IReadOnlyList<SeriesRecord>? ByEventType { get; init; }

    public static StatisticsRecord Of(RepositoryFacts facts)
    {
        var figures = facts.Figures;
        return new StatisticsRecord
        {
            RepositoryId = facts.Id.Value,
            Names = [.. facts.Names.Select(seen => new NameRecord(seen.Name.FullName, seen.LastSeenAt))],
            LastEventAt = facts.LastEventAt,
            AsOf = figures?.AsOf ?? default,
            ValidUntil = figures?.ValidUntil,
            Total = figures is { Total.Events: > 0 } ? SeriesRecord.Of(figures.Total) : null,
            ByEventType = figures is { ByEventType.Count: > 0 } ? [.. figures.ByEventType.Select(SeriesRecord.Of)] : null,
        };
    }

    public RepositoryFigures ToFigures() => new()
    {
        RepositoryId = new RepositoryId(RepositoryId),
        AsOf = AsOf,
        ValidUntil = ValidUntil,
        Total = Total?.ToFigures() ?? new SeriesFigures { EventType = EventType.All, Events = 0, Capped = false },
        ByEventType = ByEventType is null ? [] : [.. ByEventType.Select(series => series.ToFigures())],
    };
}
