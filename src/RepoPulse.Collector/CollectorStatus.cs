namespace RepoPulse.Collector;

/// <summary>How the collector fares, for health. Written by many polls at once; read from anywhere.</summary>
public sealed class CollectorStatus
{
    private readonly Lock _writing = new();
    private volatile Snapshot _current = new(null, null, null, 1);

    public Snapshot Current => _current;

    internal void Watching(int feeds) => Set(current => current with { Feeds = feeds });

    internal void Polled(DateTimeOffset at) => Set(current => current with { LastPollAt = at, Failure = null });

    internal void SetSlowdown(double factor) => Set(current => current with { Stretch = factor });

    internal void Recovered() => Set(current => current with { Failure = null });

    internal void Failed(string failure) => Set(current => current with { Failure = failure });

    private void Set(Func<Snapshot, Snapshot> change)
    {
        lock (_writing)
            _current = change(_current);
    }

    /// <param name="Feeds">Feeds watched; null until the store has been read.</param>
    /// <param name="LastPollAt">When a poll last ended as it should.</param>
    /// <param name="Failure">What the last poll or reading of the list failed with, where none has ended well since.</param>
    /// <param name="Stretch">How many times more rarely than wanted feeds are polled, because GitHub's limits do not suffice; 1 where they
    /// do.</param>
    public sealed record Snapshot(int? Feeds, DateTimeOffset? LastPollAt, string? Failure, double Stretch);
}
