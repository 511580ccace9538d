namespace RepoPulse.Core;

/// <summary>Reads one repository's stored events.</summary>
public interface IEventHistory
{
    /// <summary>A page of events with their JSON, newest first (<c>created_at</c>, then id).</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// How many events happened, by bucket and type, counted where they are stored; in the order of time. What holds none is left out.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<ActivityCount>> CountAsync(ActivityQuery query, CancellationToken cancellationToken);
}

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

    /// <summary>
    /// Only events before this one in the order of the response, that is, with smaller keys: where the page before ended.
    /// </summary>
    public EventKey? Before { get; init; }

    /// <summary>The most events to return, at least 1.</summary>
    public required int Limit { get; init; }

    /// <summary>
    /// The response ends with the event that brings its JSON to so many bytes, at least 1: events differ in size by a factor of a thousand.
    /// </summary>
    public long MaxBytes { get; init; } = long.MaxValue;
}

/// <summary>Which stored events of a repository are counted, and by what intervals of time.</summary>
public sealed record ActivityQuery
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyCollection<EventType> Types { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The length of a bucket: whole microseconds, at least one. Buckets start at its multiples since 1970.</summary>
    public required TimeSpan Bucket { get; init; }
}

/// <summary>How many events of one type a bucket holds.</summary>
/// <param name="From">The bucket's start, which may lie before the time asked for.</param>
/// <param name="Events">At least 1.</param>
public sealed record ActivityCount(DateTimeOffset From, EventType Type, long Events);
