namespace RepoPulse.Kafka;

/// <summary>What an owner of a feed's partition holds of it: its cursor as it is stored, so that many feeds need little memory.</summary>
internal sealed class OwnedFeed(FeedAddress address)
{
    public FeedAddress Address { get; set; } = address;

    public FeedAddress? Origin { get; set; }

    /// <summary>The record's value; null where it was never polled.</summary>
    public byte[]? Cursor { get; set; }

    public RepositoryId RepositoryId { get; set; }

    public DateTimeOffset? LastPolledAt { get; set; }

    public DateTimeOffset? NextPollAt { get; set; }

    public double EventsPerHour { get; set; }

    public CoverageLedger Ledger { get; set; } = CoverageLedger.Empty;

    public IReadOnlyList<NameObservation> Names { get; set; } = [];

    public WatchedFeed ToWatched(FeedAddress spelled) =>
        new(spelled) { LastPolledAt = LastPolledAt, NextPollAt = NextPollAt, EventsPerHour = EventsPerHour };
}
