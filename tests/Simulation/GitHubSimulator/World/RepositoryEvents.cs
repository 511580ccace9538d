using GitHubSimulator.Generation;

namespace GitHubSimulator.World;

/// <summary>
/// The events of one repository: those that were added, and those that its activity makes up when they are asked for. Not thread-safe: the
/// world's lock guards it.
/// </summary>
internal sealed class RepositoryEvents(GitHubWorld world)
{
    private readonly List<SimulatedEvent> _added = [];
    private DrawnEvents? _drawn;
    private FeedSnapshot? _latest;

    public Activity? Activity { get; private set; }

    public void Add(SimulatedEvent added)
    {
        var index = _added.Count;
        while (index > 0 && _added[index - 1].RankAt > added.RankAt)
            index--;
        _added.Insert(index, added);
        _latest = null;
    }

    /// <summary>Takes the place of an activity that there was.</summary>
    public void Play(Activity activity)
    {
        Activity = activity;
        _drawn = new DrawnEvents(activity);
        _latest = null;
    }

    /// <summary>The weather has changed.</summary>
    public void Forget() => _latest = null;

    /// <summary>What the feed shows now; times must not go back.</summary>
    public FeedSnapshot Now(DateTimeOffset now)
    {
        if (_latest is { } latest && now < latest.ValidUntil)
            return latest;
        return _latest = new FeedReading(world, _added, _drawn, world.Options.FeedLength, withOmitted: false).At(now);
    }

    /// <summary>What the feed showed at another time, or shows with more events than a feed has.</summary>
    /// <param name="withOmitted">With those that the feed should show but omits.</param>
    public FeedSnapshot At(DateTimeOffset time, int length, bool withOmitted = false) =>
        new FeedReading(world, _added, Activity is null ? null : new DrawnEvents(Activity), length, withOmitted).At(time);

    /// <summary>All that happened in an interval, in order of time.</summary>
    public List<SimulatedEvent> Happened(DateTimeOffset from, DateTimeOffset until)
    {
        List<SimulatedEvent> happened = [.. _added.Where(e => e.HappenedAt >= from && e.HappenedAt < until)];
        if (Activity is { } activity)
            happened.AddRange(activity.Between(from, until));
        happened.Sort((one, other) => one.HappenedAt.CompareTo(other.HappenedAt));
        return happened;
    }

    /// <summary>All that becomes visible in an interval: its start does not belong to it, its end does.</summary>
    public IEnumerable<SimulatedEvent> BecomingVisible(DateTimeOffset after, DateTimeOffset until) =>
        _added
            .Concat(Activity?.Between(after - Activity.MaxLateness, until.AddTicks(1)) ?? [])
            .Where(e => e.VisibleAt > after && e.VisibleAt <= until);
}
