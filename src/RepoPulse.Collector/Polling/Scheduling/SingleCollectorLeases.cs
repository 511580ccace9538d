namespace RepoPulse.Collector.Polling;

/// <summary>Every watched feed, for a store that one collector has to itself.</summary>
internal sealed class SingleCollectorLeases(IFeedStore store) : IFeedLeases
{
    private HashSet<FeedAddress> _held = [];

    /// <summary>Lists change only when a collector starts, or by running out.</summary>
    public TimeSpan RenewInterval => TimeSpan.FromMinutes(10);

    public async ValueTask<FeedLease> RenewAsync(
        IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var watched = await store.ReadWatchedAsync(now, cancellationToken);
        var before = _held;
        _held = [.. watched.Select(feed => feed.Address)];
        return new FeedLease
        {
            Gained = [.. watched.Where(feed => !before.Contains(feed.Address))],
            Lost = [.. before.Where(feed => !_held.Contains(feed))],
        };
    }

    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
