namespace RepoPulse.Core;

/// <summary>
/// How far a feed has been read: everything a collector needs to go on where another stopped. Stored after the events it speaks of, so a
/// crash between the two costs a repeated poll, never an event.
/// </summary>
public sealed record FeedCursor
{
    /// <summary>As many as a feed shows, and half as many again that it showed before.</summary>
    public const int MaxKnown = 450;

    /// <summary>
    /// Where the feed is now, relative to the API's address: differs from the feed's own path after a permanent redirect.
    /// </summary>
    public string? MovedTo { get; init; }

    /// <summary>The repository the feed was last seen to belong to; none for an organization's or one that has not responded yet.</summary>
    public RepositoryId RepositoryId { get; init; }

    public RepositoryState State { get; init; } = RepositoryState.Watching;

    /// <summary>A fingerprint of the token that <see cref="Pages"/>' ETags belong to, never the token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The token to ask with although another would be the feed's turn, by its fingerprint: for others GitHub said that there is no such
    /// repository.
    /// </summary>
    public string? PinnedToken { get; init; }

    /// <summary>The pages that can be asked for conditionally, first page first.</summary>
    public IReadOnlyList<FeedPage> Pages { get; init; } = [];

    /// <summary>
    /// The newest events known of the feed, about <see cref="MaxKnown"/> at most: those of <see cref="Pages"/>, in their order, then
    /// others. What a reading must overlap to prove that nothing passed between. Each of them is in the log, unless it was too old to be
    /// kept.
    /// </summary>
    public IReadOnlyList<EventKey> Known { get; init; } = [];

    /// <summary>When the last request for the feed began; null before the first.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>When the last complete sweep began: one that read as far down as anything can have entered since the one before.</summary>
    public DateTimeOffset? LastSweptAt { get; init; }

    /// <summary>When the complete sweep before <see cref="LastSweptAt"/> began.</summary>
    public DateTimeOffset? SweptBeforeAt { get; init; }

    /// <summary>When every page was last read or confirmed unchanged.</summary>
    public DateTimeOffset? LastFullSweepAt { get; init; }

    /// <summary>
    /// When the last reading began that was served in full down to where it was complete: an unchanged response (304) proves nothing for
    /// longer, since GitHub was seen to give it for days while events came. Null before the first, and in cursors of version 0.1.
    /// </summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When a reading last brought something new; null where none did, and in cursors of version 0.1.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>
    /// When the feed was last read to be confirmed, by another account's token where one sees it, or was first read. Null before that, and
    /// in cursors of version 0.1.
    /// </summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>
    /// Events that entered the feed since the last complete sweep began: so far may others that came late have sunk unread.
    /// </summary>
    public int EnteredSince { get; init; }

    /// <summary>How many events an hour the feed is expected to gain, as of the last poll.</summary>
    public double EventsPerHour { get; init; }

    /// <summary>When it was last looked whether a feed that has moved has left its name to another repository.</summary>
    public DateTimeOffset? NameCheckedAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>The time between polls that GitHub last asked for.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Polls that failed since the last that did not.</summary>
    public int Failures { get; init; }
}

/// <summary>What a feed's page was when it was last read, so that it can be asked for conditionally.</summary>
/// <param name="ETag">As received, quotes and weakness included; it belongs to the page's URL and to the token that asked. Null where
/// GitHub gave none.</param>
/// <param name="Events">How many events the page held.</param>
/// <param name="Next">The address of the next page as GitHub named it; null on the last.</param>
public sealed record FeedPage(string? ETag, int Events, string? Next);
