namespace RepoPulse.Events;

/// <summary>Which stored events of a repository are asked for.</summary>
public sealed record HistoryQuery
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyCollection<EventType> Types { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only events before this one in the answer's order's sense, that is, smaller keys: where the page before ended.</summary>
    public EventKey? Before { get; init; }

    /// <summary>The most events to answer, at least 1.</summary>
    public required int Limit { get; init; }
}
