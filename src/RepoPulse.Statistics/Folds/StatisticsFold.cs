namespace RepoPulse.Statistics;

/// <summary>
/// Folds the events of all repositories into statistics: for each repository one series of every type and one of all its events. It has no
/// clock of its own and does not care in what order or how often it is given an event. Not for several threads at once.
/// </summary>
/// <remarks>
/// <para>
/// A new event touches two series, and their place in the order of what changes next; statistics are computed when they are taken, and only
/// those of the series touched. So what an event costs does not follow how many series there are.
/// </para>
/// <para>
/// Where a <c>now</c> is a little before one that was given, the later one holds: a clock that is set back by seconds makes the statistics
/// stand still until it has caught up. Where it is long before, the clock had been ahead, and what it let leave the windows is gone: then
/// the windows are emptied, and <see cref="TakeReadAgain"/> asks for everything that they reach back to.
/// </para>
/// </remarks>
public sealed class StatisticsFold
{
    /// <summary>
    /// The most events dated in the future that one series holds. GitHub's clock and ours differ by seconds, so a few; it bounds the memory
    /// that wrong dates can take. <see cref="TakeReadAgain"/> makes up for the rest.
    /// </summary>
    private const int MaxFutureEvents = 500;

    /// <summary>A clock that goes back by more than this was set.</summary>
    private static readonly TimeSpan MaxStandstill = TimeSpan.FromMinutes(1);

    private readonly WindowOptions _options;
    private readonly int _maxFutureEvents;
    private readonly Dictionary<RepositoryId, RepositorySeries> _repositories = [];
    private readonly SeriesSchedule _schedule = new();
    private readonly IntervalCalculator _calculator = new();
    private readonly RetractedEvents _withdrawn = new();
    private readonly List<Series> _broken = [];
    private List<RepositorySeries> _changed = [];
    private long _now;
    private long _readAgain = SeriesWindow.Never;

    /// <summary>A fold of nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window has no duration or no events.</exception>
    public StatisticsFold(WindowOptions options)
        : this(options, MaxFutureEvents)
    {
    }

    internal StatisticsFold(WindowOptions options, int maxFutureEvents)
    {
        if (options.Duration <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.Duration, "A window's duration must be more than zero.");
        if (options.MaxEvents < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxEvents, "A window must be allowed at least one event.");
        _options = options;
        _maxFutureEvents = maxFutureEvents;
    }

    /// <summary>The latest moment given, since time last went back.</summary>
    public DateTimeOffset Now => new(_now, TimeSpan.Zero);

    /// <summary>Repositories with an event in a window.</summary>
    public int Repositories { get; private set; }

    /// <summary>Series with an event in their window, those of all types included.</summary>
    public int Series { get; private set; }

    /// <summary>
    /// The earliest moment at which some value changes by time alone: an event leaves its window, an event left out by the cap grows too
    /// old to be missed, or one dated in the future comes due. Null where none ever does. Later than <see cref="Now"/>.
    /// </summary>
    public DateTimeOffset? NextChangeAt =>
        _schedule.First() is { NextChange: not SeriesWindow.Never and var ticks } ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>Moves to <paramref name="now"/>, then gives every event its place.</summary>
    public FoldResult Apply(IReadOnlyList<GitHubEvent> events, DateTimeOffset now) => Apply(new EventBatch(events, LogPosition.Start), now);

    /// <summary>
    /// Moves to <paramref name="now"/>, takes out what was superseded, whether it came or is yet to come, then gives every event its place.
    /// </summary>
    public FoldResult Apply(EventBatch batch, DateTimeOffset now)
    {
        Advance(now);
        foreach (var supersession in batch.Supersessions)
            Retract(supersession);
        var result = Add(batch.Events);
        Rebuild();
        return result;
    }

    private FoldResult Add(IReadOnlyList<GitHubEvent> events)
    {
        var folded = 0;
        var duplicates = 0;
        for (var i = 0; i < events.Count; i++)
        {
            var placement = Add(events[i]);
            if (placement is Placement.Counted or Placement.Future)
                folded++;
            else if (placement == Placement.Duplicate)
                duplicates++;
        }

        return new FoldResult(folded, duplicates, events.Count - folded - duplicates);
    }

    /// <summary>Moves to <paramref name="now"/>: events come due and leave.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (now.UtcTicks < _now - MaxStandstill.Ticks)
            GoBack(now.UtcTicks);
        _now = Math.Max(_now, now.UtcTicks);

        // Twice as long as they matter, in case the clock is ahead and goes back.
        _withdrawn.ForgetBefore(_now - Math.Min(_now, _options.Duration.Ticks) - _options.Duration.Ticks);
        while (_schedule.First() is { } series && series.NextChange <= _now)
        {
            if (series.Window.RefusedFrom <= _now)
                _readAgain = Math.Min(_readAgain, series.Window.RefusedFrom);
            series.Window.Advance(_now);
            series.Snapshot = null;
            Settle(series);
        }
    }

    /// <summary>
    /// The statistics, at <see cref="Now"/>, of each repository for which they or the time until which they hold changed since they were
    /// last taken. One whose last event left comes once with no events; then it is forgotten. One whose events are all yet to come has none
    /// either, until then.
    /// </summary>
    public IReadOnlyList<RepositorySnapshot> TakeChanged()
    {
        var changed = _changed;
        _changed = [];
        var taken = new List<RepositorySnapshot>(changed.Count);
        foreach (var repository in changed)
        {
            repository.Changed = false;
            if (repository.IsEmpty)
            {
                _schedule.Remove(repository.Total);
                _repositories.Remove(repository.Id);
                // Its events came and left unseen.
                if (!repository.Taken)
                    continue;
            }

            repository.Taken = true;
            taken.Add(SnapshotOf(repository));
        }

        return taken;
    }

    /// <summary>
    /// Since when events are to be given once more (inclusive, by <c>created_at</c>), before the statistics are taken: where more events of
    /// a series were dated in the future than it holds and the first of the rest has come due, where an event that was superseded leaves
    /// its place to one that the cap had left out, or where time went back. Else null. Reading it resets it.
    /// </summary>
    public DateTimeOffset? TakeReadAgain()
    {
        var since = _readAgain;
        _readAgain = SeriesWindow.Never;
        return since == SeriesWindow.Never ? null : new(since, TimeSpan.Zero);
    }

    private Placement Add(in GitHubEvent e)
    {
        var entry = WindowEntry.Of(e.Key);
        if (!e.HasRepository || entry.Ticks < _now - _options.Duration.Ticks)
            return Placement.Outside;
        if (_withdrawn.Contains(entry))
            return Placement.Duplicate;

        if (!_repositories.TryGetValue(e.RepositoryId, out var repository))
        {
            repository = new(e.RepositoryId, NewWindow());
            _repositories.Add(e.RepositoryId, repository);
        }

        var index = repository.Find(e.Type);
        if (index < 0)
        {
            index = ~index;
            repository.Insert(index, new(repository, e.Type, NewWindow()));
        }

        var inTotal = Add(repository.Total, entry);
        var inType = Add(repository.ByType[index], entry);
        return (Placement)Math.Max((int)inTotal, (int)inType);
    }

    private Placement Add(Series series, WindowEntry entry)
    {
        var placement = series.Window.Add(entry, _now);
        if (placement is Placement.Outside or Placement.Duplicate)
            return placement;
        if (placement != Placement.Future)
            series.Snapshot = null;
        Settle(series);
        return placement;
    }

    private void Retract(in Supersession supersession)
    {
        var entry = WindowEntry.Of(supersession.Superseded);
        if (entry.Ticks < _now - _options.Duration.Ticks)
            return;
        _withdrawn.Add(entry);
        if (!_repositories.TryGetValue(supersession.Repository, out var repository))
            return;
        Retract(repository.Total, entry);
        var index = repository.Find(supersession.Type);
        if (index >= 0)
            Retract(repository.ByType[index], entry);
    }

    private void Retract(Series series, WindowEntry entry)
    {
        if (!series.Window.Retract(entry))
            return;
        series.Snapshot = null;
        if (series.Window.IsBroken)
            _broken.Add(series);
        Settle(series);
    }

    /// <summary>Asks for everything that the windows reach back to where a withdrawal left a place that no newer event has taken.</summary>
    private void Rebuild()
    {
        foreach (var series in _broken)
        {
            if (!series.Window.IsBroken)
                continue;
            series.Window.Reopen();
            _readAgain = Math.Min(_readAgain, Math.Max(0, _now - _options.Duration.Ticks));
            Settle(series);
        }

        _broken.Clear();
    }

    /// <summary>Empties every window, so that what is read again finds its place as of an earlier moment.</summary>
    private void GoBack(long now)
    {
        _now = now;
        foreach (var repository in _repositories.Values)
        {
            // A copy, because a series without events leaves the list.
            foreach (var series in (Series[])[.. repository.ByType, repository.Total])
            {
                series.Window.Clear();
                series.Snapshot = null;
                Settle(series);
            }
        }

        _broken.Clear();
        _readAgain = Math.Max(0, now - _options.Duration.Ticks);
    }

    /// <summary>Brings everything that follows from a window in step with it.</summary>
    private void Settle(Series series)
    {
        var repository = series.Repository;
        if (!repository.Changed)
        {
            repository.Changed = true;
            _changed.Add(repository);
        }

        var counted = series.Window.Events > 0;
        if (counted != series.Counted)
        {
            series.Counted = counted;
            var difference = counted ? 1 : -1;
            Series += difference;
            Repositories += series == repository.Total ? difference : 0;
        }

        if (series.Window.IsEmpty && series != repository.Total)
        {
            _schedule.Remove(series);
            repository.Remove(series);
            return;
        }

        _schedule.Set(series, series.Window.NextChange);
    }

    private RepositorySnapshot SnapshotOf(RepositorySeries repository)
    {
        var nextChange = repository.Total.NextChange;
        var byType = new List<SeriesSnapshot>(repository.ByType.Count);
        foreach (var series in repository.ByType)
        {
            nextChange = Math.Min(nextChange, series.NextChange);
            if (series.Window.Events > 0)
                byType.Add(SnapshotOf(series));
        }

        return new()
        {
            RepositoryId = repository.Id,
            AsOf = Now,
            ValidUntil = nextChange == SeriesWindow.Never ? null : new(nextChange - 1, TimeSpan.Zero),
            Total = SnapshotOf(repository.Total),
            ByEventType = byType,
        };
    }

    private SeriesSnapshot SnapshotOf(Series series) => series.Snapshot ??= _calculator.Compute(series.Type, series.Window);

    private SeriesWindow NewWindow() => new(_options.Duration, _options.MaxEvents, _maxFutureEvents);
}
