namespace RepoPulse.Events;

/// <summary>What became a collector's share, as a difference to what it was told before.</summary>
public sealed record FeedShare
{
    public IReadOnlyList<WatchedFeed> Gained { get; init; } = [];

    public IReadOnlyList<FeedAddress> Lost { get; init; } = [];

    /// <summary>Until then nobody else polls its feeds, by the clock that was given; later it must not begin to poll one.</summary>
    public DateTimeOffset HeldUntil { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Of the tokens that were given those that other collectors use too, or know of that they have to wait.</summary>
    public IReadOnlyList<SharedToken> Tokens { get; init; } = [];
}
