using RepoPulse.Sql.Feeds;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres.Feeds;

/// <summary>
/// Shares feeds out by leases: a feed is a collector's while that one's lease lasts, by the server's clock. A lease is a row of the collector's own, so
/// that living on costs one small write, however many feeds it has.
/// </summary>
internal sealed class PostgresFeedShares(PostgresDatabase database, PostgresOptions options) : IFeedShares
{
    private Dictionary<long, FeedAddress> _held = [];
    private ShareMark _mark;
    private DateTimeOffset _divideDue = DateTimeOffset.MinValue;
    private long _collector;

    /// <summary>A lease outlives three renewals that fail.</summary>
    public TimeSpan RenewInterval => options.Lease / 4;

    /// <summary>The row of this collector; 0 before the first renewal.</summary>
    public long CollectorId => Interlocked.Read(ref _collector);

    public async ValueTask<FeedShare> RenewAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lapsed = WatchListLapse.Bound(now);
        var renewal = await database.WriteAsync(session => Renew(session, tokens, lapsed, now >= _divideDue), cancellationToken);
        // Only now, because a transaction that fails is run again.
        Interlocked.Exchange(ref _collector, renewal.Collector);
        if (renewal.IsDivided)
            _divideDue = now + (3 * RenewInterval);
        _mark = renewal.Mark;
        var share = new FeedShare { HeldUntil = now + options.Lease, Tokens = renewal.Tokens };
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

    private ShareRenewal Renew(SqlSession session, IReadOnlyCollection<TokenUse> tokens, long lapsed, bool isDue)
    {
        // One collector at a time, so that each divides what the others have left.
        using (var take = session.Prepare(Connections.PostgresLocks.Shares))
            take.Run();
        var collector = CollectorLease.Renew(session, CollectorId, options.Lease);
        var collectors = CollectorLease.CountLiving(session);
        var isDivided = isDue || collector != CollectorId || collectors != _mark.Collectors;
        if (isDivided)
            FeedDivision.Divide(session, collector, collectors, lapsed);
        var mark = FeedDivision.Mark(session, collector) with { Collectors = collectors };
        return new ShareRenewal(
            collector, isDivided, mark, mark == _mark && collector == CollectorId ? null : FeedDivision.Read(session, collector), TokenBoard.Exchange(session, collector, tokens));
    }
}
