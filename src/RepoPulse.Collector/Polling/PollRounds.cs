using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// What is watched, what is due, and what comes of it: everything of polling but the waiting, which is its caller's. One thread at a time, but for
/// <see cref="PollAsync"/>.
/// </summary>
internal sealed partial class PollRounds(
    IFeedStore store,
    IWatchList watchList,
    IFeedShares shares,
    TokenPool tokens,
    FeedPoller poller,
    PollSchedule schedule,
    PollBudget budget,
    CollectorOptions options,
    CollectorStatus status,
    CollectorMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<PollRounds> logger)
{
    /// <summary>How often the list is registered anew: it lapses after a day.</summary>
    private static readonly TimeSpan RegistrationInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BalanceInterval = TimeSpan.FromMinutes(1);

    private readonly PollQueue _queue = new(feed => tokens.Select(feed)?.Account, options.MaxConcurrentPolls);
    private readonly Dictionary<FeedAddress, int> _failures = [];
    private DateTimeOffset _registrationDue = DateTimeOffset.MinValue;
    private DateTimeOffset _balanceDue = DateTimeOffset.MinValue;
    private DateTimeOffset _renewalDue = DateTimeOffset.MinValue;
    private DateTimeOffset _heldUntil = DateTimeOffset.MinValue;

    /// <summary>Feeds being polled.</summary>
    public int UnderWay => _queue.UnderWay;

    /// <summary>When there is something to do next, should no poll end before.</summary>
    public DateTimeOffset NextDue
    {
        get
        {
            var due = Earlier(_renewalDue, Earlier(_registrationDue, _balanceDue));
            return _queue.NextDue is { } next ? Earlier(next, due) : due;
        }
    }

    /// <summary>Registers the list, renews the share of what all lists name, and shares out the limits, each when it is time to.</summary>
    /// <exception cref="StorageException">The list cannot be registered, or the share not be renewed.</exception>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now >= _registrationDue)
        {
            await watchList.RegisterAsync(options.Name, options.Feeds, now, cancellationToken).ConfigureAwait(false);
            _registrationDue = now + RegistrationInterval;
            _renewalDue = now;
        }

        if (now >= _renewalDue)
        {
            var share = await shares.RenewAsync(Uses(now), now, cancellationToken).ConfigureAwait(false);
            _heldUntil = share.HeldUntil;
            tokens.Learn(share.Tokens);
            Adopt(share, now);
            status.Watching(_queue.Watched.Count);
            metrics.Watching(_queue.Watched.Count);
            _renewalDue = now + shares.RenewInterval;
        }

        if (now >= _balanceDue)
        {
            budget.Balance();
            _balanceDue = now + BalanceInterval;
        }
    }

    /// <summary>Takes the next feed that is due; it is to be polled, and then given to <see cref="End"/>.</summary>
    public bool TryBegin(out FeedAddress feed)
    {
        feed = default;
        var now = time.GetUtcNow();
        return now < _heldUntil && _queue.TryBegin(now, out feed);
    }

    /// <summary>Leaves the feeds to other collectors: called when no poll is under way any more.</summary>
    /// <exception cref="StorageException">They cannot be given back; the others wait until it is known that this collector is gone.</exception>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => shares.ReleaseAsync(cancellationToken);

    /// <summary>Polls a feed from the cursor that the store holds. Never throws: null where the poll came to nothing.</summary>
    public async Task<PollResult?> PollAsync(FeedAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var cursor = await store.ReadCursorAsync(address, cancellationToken).ConfigureAwait(false);
            var result = await poller.PollAsync(new Feed(address, cursor), cancellationToken).ConfigureAwait(false);
            status.Polled(time.GetUtcNow());
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            // The cursor has not moved. A fault of our own must not stop the other feeds; it is loud, and the feed is tried again.
            status.Failed(e.Message);
            LogPollFailed(e, address);
            return null;
        }
    }

    public void End(FeedAddress feed, PollResult? result)
    {
        if (result is not { } polled)
        {
            var failures = _failures[feed] = _failures.GetValueOrDefault(feed) + 1;
            _queue.End(feed, schedule.AfterFailure(time.GetUtcNow(), failures, random.NextDouble()));
            return;
        }

        _failures.Remove(feed);
        // A feed that begins anew, another repository's, was never polled.
        _queue.End(feed, polled.Cursor.NextPollAt ?? (polled.Cursor.LastPolledAt is null ? time.GetUtcNow() : null));
        if (_queue.Contains(feed))
            budget.Note(feed, polled.Pace);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>What other collectors are to know of the tokens. An address without one is nobody else's.</summary>
    private TokenUse[] Uses(DateTimeOffset now) =>
    [
        .. tokens.Tokens.Where(token => !token.IsAnonymous).Select(token => new TokenUse(
            token.Name, token.Account.BlockedUntil is { } until && until > now ? until - now : TimeSpan.Zero)),
    ];

    private void Adopt(FeedShare share, DateTimeOffset now)
    {
        foreach (var gone in share.Lost)
        {
            _queue.Remove(gone);
            _failures.Remove(gone);
            budget.Forget(gone);
        }

        var unknown = share.Gained.Where(feed => !_queue.Contains(feed.Address)).ToArray();
        var fresh = unknown.Count(feed => feed.LastPolledAt is null);
        var spacing = budget.SpreadOf(fresh) / Math.Max(1, fresh);
        var ordinal = 0;
        foreach (var feed in unknown)
        {
            // Gone and blocked repositories have no next poll; one that was never polled is due at once, or as soon as the limits let it.
            _queue.Set(feed.Address, feed.NextPollAt ?? (feed.LastPolledAt is null ? now + (spacing * ordinal++) : null));
            if (feed.LastPolledAt is null)
                budget.NoteUnread(feed.Address);
            else
                budget.Note(feed.Address, schedule.Pace(feed.EventsPerHour));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {Feed} failed; nothing is lost, the cursor has not moved; it is asked again")]
    private partial void LogPollFailed(Exception exception, FeedAddress feed);
}
