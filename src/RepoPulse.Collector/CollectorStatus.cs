namespace RepoPulse.Collector;

/// <summary>How the collector fares, for health. Written by it alone; read from anywhere.</summary>
public sealed class CollectorStatus
{
    private volatile Snapshot _current = new(null, null, null);

    public Snapshot Current => _current;

    internal void Watching(int feeds) => _current = _current with { Feeds = feeds };

    internal void Polled(DateTimeOffset at) => _current = _current with { LastPollAt = at, Failure = null };

    internal void Failed(string failure) => _current = _current with { Failure = failure };

    /// <param name="Feeds">Feeds watched; null until the store has been read.</param>
    /// <param name="LastPollAt">When a poll last ended as it should.</param>
    /// <param name="Failure">What the last poll or reading of the list failed with, where none has ended well since.</param>
    public sealed record Snapshot(int? Feeds, DateTimeOffset? LastPollAt, string? Failure);
}
