using RepoPulse.Core.Hosting;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// Shares feeds out by leases: a feed is a collector's while that one's lease lasts, by the server's clock. A lease is a row of the
/// collector's own, so that living on costs one small write, however many feeds it has.
/// </summary>
internal sealed class PostgresFeedLeases(PostgresDatabase database, PostgresOptions options) : IFeedLeases
{
    private Dictionary<long, FeedAddress> _held = [];
    private LeaseFingerprint _mark;
    private readonly Recurrence _division = new(3 * options.Lease / 4);
    private long _collector;

    /// <summary>A lease outlives three renewals that fail.</summary>
    public TimeSpan RenewInterval => options.Lease / 4;

    /// <summary>The row of this collector; 0 before the first renewal.</summary>
    public long CollectorId => Interlocked.Read(ref _collector);

    public async ValueTask<FeedLease> RenewAsync(
        IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lapsed = WatchListExpiry.Bound(now);
        var renewal = await database.WriteAsync(session => Renew(session, tokens, lapsed, _division.IsDue(now)), cancellationToken);
        // Only now, because a transaction that fails is run again.
        Interlocked.Exchange(ref _collector, renewal.Collector);
        if (renewal.IsDivided)
            _division.Done(now);
        _mark = renewal.Mark;
        var share = new FeedLease { HeldUntil = now + options.Lease, Tokens = renewal.Tokens };
        if (renewal.Feeds is not { } feeds)
            return share;
        var before = _held;
        _held = feeds.ToDictionary(feed => feed.Id, feed => feed.Feed.Address);
        var (had, has) = (before.Values.ToHashSet(), _held.Values.ToHashSet());
        return share with
        {
            Gained = [.. feeds.Select(feed => feed.Feed).Where(feed => !had.Contains(feed.Address))],
            Lost = [.. had.Where(feed => !has.Contains(feed))],
        };
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        if (CollectorId == 0)
            return;
        await database.WriteAsync(
            session =>
            {
                using var delete = session.Prepare("DELETE FROM collector WHERE id = ?1");
                return delete.Bind(1, CollectorId).Run();
            },
            cancellationToken);
        Interlocked.Exchange(ref _collector, 0);
    }

    private LeaseRenewal Renew(SqlSession session, IReadOnlyCollection<TokenUse> tokens, long lapsed, bool isDue)
    {
        // One collector at a time, so that each divides what the others have left.
        using (var take = session.Prepare(PostgresLocks.Leases))
            take.Run();
        var collector = CollectorRegistration.Renew(session, CollectorId, options.Lease);
        var collectors = CollectorRegistration.CountLiving(session, options.Lease);
        var isDivided = isDue || collector != CollectorId || collectors != _mark.Collectors;
        if (isDivided)
            FeedDistribution.Divide(session, collector, collectors, lapsed);
        var mark = FeedDistribution.Mark(session, collector) with { Collectors = collectors };
        return new LeaseRenewal(
            collector,
            isDivided,
            mark,
            mark == _mark && collector == CollectorId ? null : FeedDistribution.Read(session, collector),
            PostgresTokenRegistry.Exchange(session, collector, tokens));
    }
}

/// <summary>What distinguishes one lease from another without reading all of it.</summary>
internal readonly record struct LeaseFingerprint(long Feeds, long Addresses, long Collectors);

/// <summary>What one renewal came to.</summary>
/// <param name="Feeds">All that the collector has; null where that is what it had.</param>
internal sealed record LeaseRenewal(
    long Collector,
    bool IsDivided,
    LeaseFingerprint Mark,
    IReadOnlyList<(long Id, WatchedFeed Feed)>? Feeds,
    IReadOnlyList<TokenReport> Tokens);
