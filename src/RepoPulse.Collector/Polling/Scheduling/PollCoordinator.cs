using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// What is watched, what is due, and what comes of it: everything of polling but the waiting, which is its caller's. One thread at a time,
/// but for <see cref="PollAsync"/>.
/// </summary>
internal sealed class PollCoordinator(
    FeedAssignment assignment,
    PollRunner runner,
    TokenPool tokens,
    PollIntervalPolicy schedule,
    RateLimitPlanner budget,
    CollectorOptions options,
    TimeProvider time,
    Random random)
{
    /// <summary>A clock that runs ahead by more than this was set, or the machine slept.</summary>
    private static readonly TimeSpan LeapTolerance = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan BalanceInterval = TimeSpan.FromMinutes(1);

    private readonly PollQueue _queue = new(feed => tokens.Select(feed)?.Account, options.MaxConcurrentPolls);
    private readonly Dictionary<FeedAddress, int> _failures = [];
    private TimeSpan _balanceDue = TimeSpan.MinValue;

    private long _clockZero = MonotonicTime.ZeroOf(time.GetUtcNow(), time.GetSteadyNow());

    /// <summary>The longest that GitHub has asked to keep between two polls.</summary>
    private TimeSpan _requestedInterval;

    /// <summary>Feeds being polled.</summary>
    public int UnderWay => _queue.UnderWay;

    /// <summary>When there is something to do next, should no poll end before; in steady time.</summary>
    public TimeSpan NextDue
    {
        get
        {
            var due = Earlier(assignment.NextDue, _balanceDue);
            return _queue.NextDue is { } next ? Earlier(next, due) : due;
        }
    }

    /// <summary>Registers the list, renews the share of what all lists name, and shares out the limits, each when it is time to.</summary>
    /// <exception cref="StorageException">The list cannot be registered, or the share not be renewed.</exception>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var (now, steady) = (time.GetUtcNow(), time.GetSteadyNow());
        NoteLeap(MonotonicTime.ZeroOf(now, steady), steady);
        if (await assignment.RefreshAsync(now, steady, cancellationToken) is { } lease)
        {
            Adopt(lease);
            assignment.Watching(_queue.Watched.Count);
        }

        if (steady >= _balanceDue)
        {
            budget.Balance();
            _balanceDue = steady + BalanceInterval;
        }
    }

    /// <summary>Takes the next feed that is due; it is to be polled, and then given to <see cref="End"/>.</summary>
    public bool TryBegin(out FeedAddress feed)
    {
        feed = default;
        var now = time.GetSteadyNow();
        return now < assignment.HeldUntil && _queue.TryBegin(now, out feed);
    }

    /// <summary>Leaves the feeds to other collectors: called when no poll is under way any more.</summary>
    /// <exception cref="StorageException">They cannot be given back; the others wait until it is known that this collector is
    /// gone.</exception>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => assignment.ReleaseAsync(cancellationToken);

    /// <summary>Polls a feed. Never throws: null where the poll came to nothing.</summary>
    public Task<PollResult?> PollAsync(FeedAddress address, CancellationToken cancellationToken) =>
        runner.PollAsync(address, cancellationToken);

    public void End(FeedAddress feed, PollResult? result)
    {
        if (result is not { } polled)
        {
            var failures = _failures[feed] = _failures.GetValueOrDefault(feed) + 1;
            _queue.End(feed, Due(schedule.AfterFailure(time.GetUtcNow(), failures, random.NextDouble()), null));
            return;
        }

        _failures.Remove(feed);
        // A feed that begins again, another repository's, was never polled.
        _queue.End(feed, Due(polled.Cursor.NextPollAt, polled.Cursor.LastPolledAt));
        _requestedInterval = polled.Cursor.PollInterval > _requestedInterval ? polled.Cursor.PollInterval.Value : _requestedInterval;
        if (_queue.Contains(feed))
            budget.Note(feed, polled.Pace);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>When a feed is due, in steady time: at once where it was never polled, never where it is not to be polled again.</summary>
    private TimeSpan? Due(DateTimeOffset? next, DateTimeOffset? polledAt)
    {
        var steady = time.GetSteadyNow();
        return next is { } at ? steady + schedule.Remaining(at, polledAt, time.GetUtcNow()) : polledAt is null ? steady : null;
    }

    /// <summary>
    /// Steady time does not count a machine's sleep, and a clock that was set ahead looks the same: so everything is looked at again and
    /// every feed is polled soon, though not sooner than GitHub allows. A clock that was set back changes nothing.
    /// </summary>
    private void NoteLeap(long clockZero, TimeSpan steady)
    {
        if (clockZero - _clockZero > LeapTolerance.Ticks)
        {
            _queue.Hasten(steady + (_requestedInterval > schedule.Floor ? _requestedInterval : schedule.Floor));
            assignment.Hasten(steady);
            _balanceDue = steady;
        }

        _clockZero = clockZero;
    }

    private void Adopt(FeedLease share)
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
            _queue.Set(
                feed.Address, Due(feed.NextPollAt, feed.LastPolledAt) + (feed.LastPolledAt is null ? spacing * ordinal++ : TimeSpan.Zero));
            if (feed.LastPolledAt is null)
                budget.NoteUnread(feed.Address);
            else
                budget.Note(feed.Address, schedule.Pace(feed.EventsPerHour));
        }
    }
}
