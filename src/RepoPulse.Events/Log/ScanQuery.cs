namespace RepoPulse.Events;

/// <summary>Which stored events are asked for.</summary>
public sealed record ScanQuery
{
    /// <summary>Only these; empty for all, and for the events of no repository too.</summary>
    public IReadOnlyCollection<RepositoryId> Repositories { get; init; } = [];

    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyCollection<EventType> Types { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The most events that are read at once, at least 1.</summary>
    public int PageSize { get; init; } = 1000;
}
