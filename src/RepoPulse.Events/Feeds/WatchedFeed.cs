namespace RepoPulse.Events;

/// <summary>A watched feed as far as its schedule goes; the rest of its cursor is read when it is polled, so that many feeds need little memory.</summary>
public sealed record WatchedFeed(FeedAddress Address)
{
    /// <summary>When the last request for the feed began; null before the first.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>Null where it was never polled, or is not to be polled again.</summary>
    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>How many events an hour the feed was expected to gain when it was last polled.</summary>
    public double EventsPerHour { get; init; }
}
