using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>The figures of one repository's series at one moment.</summary>
public sealed record RepositoryFigures
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The moment that the figures hold for.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// Until when (inclusive) they hold if no event arrives: after it an event leaves a window, or one dated in the future enters it. Null for ever.
    /// </summary>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>All events together.</summary>
    public required SeriesFigures Total { get; init; }

    /// <summary>The types with an event in their window, by name in ordinal order.</summary>
    public required IReadOnlyList<SeriesFigures> ByEventType { get; init; }
}
