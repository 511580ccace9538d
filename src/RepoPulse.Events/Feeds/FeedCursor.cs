namespace RepoPulse.Events;

/// <summary>
/// How far a feed has been read: everything a collector needs to go on where another stopped. Stored after the events it speaks of, so a crash
/// between the two costs a repeated poll, never an event.
/// </summary>
public sealed record FeedCursor
{
    /// <summary>Where the feed is now, relative to the API's address: differs from the feed's own path after a permanent redirect.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The repository the feed was last seen to belong to; none for an organization's or one that has not answered yet.</summary>
    public RepositoryId RepositoryId { get; init; }

    public RepositoryState State { get; init; } = RepositoryState.Watching;

    /// <summary>A fingerprint of the token that <see cref="Pages"/>' ETags belong to, never the token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The pages of the last sweep, first page first.</summary>
    public IReadOnlyList<FeedPage> Pages { get; init; } = [];

    /// <summary>The events of the last sweep, at most 300: what the next must overlap to prove that nothing passed between.</summary>
    public IReadOnlyList<EventKey> LastSweep { get; init; } = [];

    /// <summary>When the last request for the feed began; null before the first.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>When every page was last read or confirmed unchanged.</summary>
    public DateTimeOffset? LastSweptAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>The time between polls that GitHub last asked for.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Polls that failed since the last that did not.</summary>
    public int Failures { get; init; }
}
