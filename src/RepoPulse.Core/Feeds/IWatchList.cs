namespace RepoPulse.Core;

/// <summary>Which feeds are watched: the union of every collector's list.</summary>
public interface IWatchList
{
    /// <summary>
    /// Registers a collector's list under its name, in place of the list it had. Called at start and at least hourly: a list lapses a day
    /// after <paramref name="now"/> was last given with it.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>
/// A watched feed as far as its schedule goes; the rest of its cursor is read when it is polled, so that many feeds need little memory.
/// </summary>
public sealed record WatchedFeed(FeedAddress Address)
{
    /// <summary>When the last request for the feed began; null before the first.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>Null where it was never polled, or is not to be polled again.</summary>
    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>How many events an hour the feed was expected to gain when it was last polled.</summary>
    public double EventsPerHour { get; init; }
}
