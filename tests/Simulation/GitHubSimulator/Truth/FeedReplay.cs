using System.Runtime.InteropServices;
using GitHubSimulator.World;

namespace GitHubSimulator.Truth;

/// <summary>Plays a feed's past over again: what came and went when. It changes nothing and is no request.</summary>
internal sealed class FeedReplay
{
    private readonly int _length;

    /// <summary>All that may be shown, by rank: the feed is the upper end of it.</summary>
    private readonly List<SimulatedEvent> _present = [];
    private readonly List<Change> _changes = [];
    private int _next;

    /// <param name="repositories">Whose events the feed shows.</param>
    /// <param name="until">Nothing after it will be asked for.</param>
    public FeedReplay(
        GitHubWorld world,
        IEnumerable<SimulatedRepository> repositories,
        Func<SimulatedEvent, bool> isMeant,
        DateTimeOffset from,
        DateTimeOffset until)
    {
        _length = world.Options.FeedLength;
        foreach (var repository in repositories)
        {
            // Some more than the feed has: what is omitted gives way to what stands below.
            foreach (var e in repository.Events.At(from, 2 * _length, withOmitted: true).Events.Where(isMeant))
                Plan(world, e, from, until);
            foreach (var e in repository.Events.BecomingVisible(from, until).Where(isMeant))
                Plan(world, e, from, until);
        }

        // In the order planned where times are equal: what is omitted from the start comes and goes at once.
        _changes.Sort((one, other) => one.At == other.At ? one.Order.CompareTo(other.Order) : one.At.CompareTo(other.At));
        AdvanceTo(from);
    }

    /// <summary>Called as an event enters or leaves the feed.</summary>
    public Action<SimulatedEvent, DateTimeOffset, bool>? Changed { get; set; }

    /// <summary>The feed as it is, newest first.</summary>
    public IEnumerable<SimulatedEvent> Feed
    {
        get
        {
            for (var i = _present.Count - 1; i >= Math.Max(0, _present.Count - _length); i--)
                yield return _present[i];
        }
    }

    /// <summary>Plays on up to and with a time; whether the feed changed.</summary>
    public bool AdvanceTo(DateTimeOffset time)
    {
        var hasChanged = false;
        for (; _next < _changes.Count && _changes[_next].At <= time; _next++)
        {
            var change = _changes[_next];
            hasChanged |= change.Appears ? Enter(change.Event, change.At) : Leave(change.Event, change.At);
        }

        return hasChanged;
    }

    private void Plan(GitHubWorld world, SimulatedEvent e, DateTimeOffset from, DateTimeOffset until)
    {
        Add(e.VisibleAt > from ? e.VisibleAt : from, appears: true);
        if (world.Weather?.Feeds.Omission(e) is { } omission && omission.Until > from && omission.From <= until)
        {
            Add(omission.From > from ? omission.From : from, appears: false);
            Add(omission.Until, appears: true);
        }

        var agedOutAt = e.CreatedAt + world.Options.FeedAge + TimeSpan.FromTicks(1);
        if (agedOutAt <= until)
            Add(agedOutAt, appears: false);

        void Add(DateTimeOffset at, bool appears) => _changes.Add(new Change(at, _changes.Count, e, appears));
    }

    private bool Enter(SimulatedEvent e, DateTimeOffset at)
    {
        var index = _present.Count;
        while (index > 0 && _present[index - 1].RankAt > e.RankAt)
            index--;
        _present.Insert(index, e);
        var end = _present.Count - _length;
        if (index < end)
            return false;
        Changed?.Invoke(e, at, true);
        if (end > 0)
            Changed?.Invoke(_present[end - 1], at, false);
        return true;
    }

    private bool Leave(SimulatedEvent e, DateTimeOffset at)
    {
        var index = _present.LastIndexOf(e);
        if (index < 0)
            return false;
        var end = _present.Count - _length;
        _present.RemoveAt(index);
        if (index < end)
            return false;
        Changed?.Invoke(e, at, false);
        if (end > 0)
            Changed?.Invoke(_present[end - 1], at, true);
        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Change(DateTimeOffset At, int Order, SimulatedEvent Event, bool Appears);
}
