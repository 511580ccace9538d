namespace RepoPulse.Events;

/// <summary>What the catalog reads of a feed.</summary>
public sealed record CatalogFeed(
    long Id,
    FeedAddress Address,
    RepositoryId RepositoryId,
    RepositoryState CursorState,
    DateTimeOffset? LastPolledAt,
    DateTimeOffset? NextPollAt,
    bool IsWatched)
{
    public RepositoryState State => IsWatched ? CursorState : RepositoryState.Unwatched;
}
