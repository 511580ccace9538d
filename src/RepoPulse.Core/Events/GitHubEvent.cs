using RepoPulse.Core.Evidence;

namespace RepoPulse.Core;

/// <summary>One event as received. A value, so that a batch is one array and an event costs no object of its own.</summary>
public readonly record struct GitHubEvent
{
    public required EventKey Key { get; init; }

    public required EventType Type { get; init; }

    /// <summary>
    /// GitHub's id of the repository, <see cref="RepositoryId.None"/> for an event of no repository (a gist, a followed user).
    /// </summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's name when the event happened; default where <see cref="RepositoryId"/> is none.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>GitHub's JSON of the whole event, byte for byte, without the line end. Empty where a read did not ask for it.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>
    /// Whether the event says that its repository is private, so that no public feed shows it. False where a read did not ask for it.
    /// </summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// What it says of the events beside it. Null where it says nothing, or a read did not ask for it; of an event with its JSON,
    /// <see cref="EventEvidence.TryRead"/> says it.
    /// </summary>
    public EventEvidence? Evidence { get; init; }

    public bool HasRepository => RepositoryId != RepositoryId.None;
}

/// <summary>The way by which an event reached the log. The numbers are stored: they never change.</summary>
public enum EventSource
{
    Poll = 1,
    Webhook = 2,
    Import = 3,
}

/// <summary>
/// What makes an event the same event: its id together with its time. Ordered by time, then id, which is the order of every window and
/// list.
/// </summary>
/// <param name="CreatedAt">UTC, to the microsecond: what every store can hold exactly.</param>
public readonly record struct EventKey(EventId Id, DateTimeOffset CreatedAt) : IComparable<EventKey>
{
    public int CompareTo(EventKey other)
    {
        var byTime = CreatedAt.CompareTo(other.CreatedAt);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }
}
