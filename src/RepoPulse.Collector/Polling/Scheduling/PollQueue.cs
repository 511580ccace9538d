namespace RepoPulse.Collector.Polling;

/// <summary>
/// Which feeds are watched, when each is due, and which are being polled. The longest overdue comes first. Of one group of feeds (those
/// that share an account's limits) no more than a bound are polled at once, so that a slow one does not hold up the others. Its times are
/// steady ones, so that no clock that is set moves what is due. Not thread-safe.
/// </summary>
/// <param name="groupOf">What a feed's group is now.</param>
/// <param name="maxOfGroup">The most feeds of a group that are polled at once.</param>
internal sealed class PollQueue(Func<FeedAddress, object?> groupOf, int maxOfGroup)
{
    private static readonly object Ungrouped = new();

    // Of those that are due at the same time, the one that was said first.
    private readonly PriorityQueue<FeedAddress, (TimeSpan Due, long Order)> _byDue = new();
    private readonly Dictionary<FeedAddress, TimeSpan?> _due = [];
    private readonly Dictionary<FeedAddress, object> _underWay = [];
    private readonly Dictionary<object, int> _polledOf = [];
    private readonly Dictionary<object, Queue<FeedAddress>> _waitingOf = [];
    private long _order;

    public IReadOnlyCollection<FeedAddress> Watched => _due.Keys;

    /// <summary>Feeds being polled.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>When the next feed that does not wait for its group is due.</summary>
    public TimeSpan? NextDue => _byDue.TryPeek(out _, out var next) ? next.Due : null;

    public bool Contains(FeedAddress feed) => _due.ContainsKey(feed);

    /// <summary>Adds a feed, or changes when it is due; null for never.</summary>
    public void Set(FeedAddress feed, TimeSpan? due)
    {
        _due[feed] = due;
        if (due is { } at && !_underWay.ContainsKey(feed))
            _byDue.Enqueue(feed, (at, _order++));
    }

    /// <summary>Makes what is due later than a time due then, in the order in which it would have been.</summary>
    public void Hasten(TimeSpan latest)
    {
        foreach (var (feed, due) in _due.Where(entry => entry.Value > latest).OrderBy(entry => entry.Value).ToArray())
            Set(feed, latest);
    }

    public void Remove(FeedAddress feed) => _due.Remove(feed);

    /// <summary>Takes the next feed to poll; <see cref="End"/> gives it back. False where none is due.</summary>
    public bool TryBegin(TimeSpan now, out FeedAddress feed)
    {
        while (TryTakeDue(now, out feed))
        {
            // One that left the lists and came back may stand in the queue twice: what was said last counts.
            if (_underWay.ContainsKey(feed) || !_due.TryGetValue(feed, out var due) || due is null || due > now)
                continue;
            var group = groupOf(feed) ?? Ungrouped;
            if (_polledOf.GetValueOrDefault(group) >= maxOfGroup)
            {
                if (!_waitingOf.TryGetValue(group, out var waiting))
                    _waitingOf.Add(group, waiting = new());
                waiting.Enqueue(feed);
                continue;
            }

            _underWay.Add(feed, group);
            _polledOf[group] = _polledOf.GetValueOrDefault(group) + 1;
            return true;
        }

        return false;
    }

    /// <summary>A poll has ended: the feed is due again at <paramref name="next"/>, unless it was removed meanwhile.</summary>
    public void End(FeedAddress feed, TimeSpan? next)
    {
        if (!_underWay.Remove(feed, out var group))
            return;
        if (--_polledOf[group] == 0)
            _polledOf.Remove(group);
        if (_waitingOf.TryGetValue(group, out var waiting))
        {
            // Back to where it was, before all that are due later.
            var first = waiting.Dequeue();
            if (waiting.Count == 0)
                _waitingOf.Remove(group);
            if (_due.TryGetValue(first, out var due) && due is { } at)
                _byDue.Enqueue(first, (at, _order++));
        }

        if (_due.ContainsKey(feed))
            Set(feed, next);
    }

    private bool TryTakeDue(TimeSpan now, out FeedAddress feed)
    {
        if (_byDue.TryPeek(out feed, out var next) && next.Due <= now)
        {
            _byDue.Dequeue();
            return true;
        }

        return false;
    }
}
