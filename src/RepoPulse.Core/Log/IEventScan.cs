namespace RepoPulse.Core;

/// <summary>Reads stored events of many repositories in the order in which they happened.</summary>
public interface IEventScan
{
    /// <summary>
    /// The events with their JSON, oldest first (<c>created_at</c>, then id), each once. However many there are, a few pages of them are in
    /// memory; the cost follows those in the time asked for, of the repositories asked for, not all that is held. What is appended
    /// meanwhile is returned where it comes after what was returned already.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    IAsyncEnumerable<GitHubEvent> ReadAsync(ScanQuery query, CancellationToken cancellationToken);
}

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
