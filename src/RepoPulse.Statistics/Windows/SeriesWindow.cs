namespace RepoPulse.Statistics;

/// <summary>
/// The window of one series: of the events that are no older than the duration and not dated in the future, the newest up to the cap.
/// </summary>
/// <remarks>
/// <para>
/// What the cap drops never has to return, so only the time of the newest dropped event is remembered. For an event is dropped while as
/// many events as the cap allows come after it; and none of these leaves before it does, since what comes after it is no older and events
/// leave by age alone. As long as the dropped event is young enough for the window, all those that stand before it are too. It follows that
/// every event left out comes before every event held, that no place in the window becomes free while an event left out is young enough to
/// take it, and that the order in which events are given makes no difference. A dropped event that is given again finds the window full of
/// newer ones, or is itself too old by then.
/// </para>
/// <para>
/// Events dated in the future are held behind the others, the soonest first, up to a number of their own, so that a feed of wrong dates
/// cannot fill the memory. What does not fit is refused: the window remembers when the earliest of these comes due
/// (<see cref="RefusedFrom"/>), and by then its owner has to give the events dated since that moment once more.
/// </para>
/// <para>
/// Only a withdrawal breaks this: an event that left and whose place an event left out may have to take, or one left out itself. Then
/// <see cref="IsBroken"/>, until newer events have filled the place or its owner has given the window all its events once more.
/// </para>
/// <para>The window has no clock. Its owner passes in a <c>now</c> that goes backwards only after <see cref="Clear"/>, in ticks of
/// UTC.</para>
/// </remarks>
internal sealed class SeriesWindow(TimeSpan duration, int maxEvents, int maxFutureEvents)
{
    /// <summary>A moment that does not come: later than any time that a <see cref="DateTimeOffset"/> can hold.</summary>
    public const long Never = long.MaxValue;

    private const long None = long.MinValue;

    private readonly long _duration = duration.Ticks;

    // The first Events of them count; the rest is dated in the future.
    private readonly SortedRing _events = new();
    private long _newestExcluded = None;
    private bool _excludedRetracted;

    /// <summary>How many events count.</summary>
    public int Events { get; private set; }

    /// <summary>Whether the cap leaves out an event that is young enough for the window.</summary>
    public bool Capped => _newestExcluded != None;

    /// <summary>Whether an event that is left out may belong in: what was withdrawn left a place that no newer one took.</summary>
    public bool IsBroken => _excludedRetracted || (Capped && Events < maxEvents);

    /// <summary>When the earliest event that was refused comes due, or <see cref="Never"/>.</summary>
    public long RefusedFrom { get; private set; } = Never;

    /// <summary>Whether there is nothing left to remember.</summary>
    public bool IsEmpty => _events.Count == 0 && RefusedFrom == Never && !IsBroken;

    public long First => _events[0].Ticks;

    public long Last => _events[Events - 1].Ticks;

    public int Capacity => _events.Capacity;

    /// <summary>The first moment at which the window differs by time alone, or <see cref="Never"/>.</summary>
    public long NextChange => Math.Min(NextDeparture, NextArrival);

    private int FutureEvents => _events.Count - Events;

    private long NextArrival => Math.Min(RefusedFrom, FutureEvents > 0 ? _events[Events].Ticks : Never);

    private long NextDeparture
    {
        get
        {
            // The newest event left out comes before all that count, so it leaves first.
            var oldest = Capped ? _newestExcluded : Events > 0 ? First : None;
            // At the age of the duration an event is still inside; it is outside a tick later. Written so that no sum overflows.
            return oldest == None || oldest >= DateTimeOffset.MaxValue.Ticks - _duration ? Never : oldest + _duration + 1;
        }
    }

    /// <summary>
    /// Gives the window an event. <paramref name="now"/> is before <see cref="NextChange"/>: <see cref="Advance"/> has seen to that.
    /// </summary>
    public Placement Add(WindowEntry entry, long now)
    {
        if (entry.Ticks < now - _duration)
            return Placement.Outside;
        var index = _events.Find(entry);
        if (index >= 0)
            return Placement.Duplicate;
        return entry.Ticks > now ? AddFuture(~index, entry) : AddDue(~index, entry);
    }

    /// <summary>Takes an event out again, if it is in; true where that changes anything. See <see cref="IsBroken"/>.</summary>
    public bool Retract(WindowEntry entry)
    {
        var index = _events.Find(entry);
        if (index >= 0)
        {
            _events.RemoveAt(index);
            Events -= index < Events ? 1 : 0;
        }

        // Of those left out or refused only the times are remembered. It may be this one's, even if it was given again since and taken in.
        var mayBeLeftOut = entry.Ticks == _newestExcluded || entry.Ticks == RefusedFrom;
        _excludedRetracted |= mayBeLeftOut;
        return index >= 0 || mayBeLeftOut;
    }

    /// <summary>
    /// Forgets what was left out and refused: its owner now gives the window all events that it reaches back to, once more.
    /// </summary>
    public void Reopen()
    {
        _excludedRetracted = false;
        _newestExcluded = None;
        RefusedFrom = Never;
    }

    /// <summary>Forgets everything: time went back, and its owner gives the window all events that it reaches back to, once more.</summary>
    public void Clear()
    {
        _events.RemoveFirst(_events.Count);
        Events = 0;
        Reopen();
    }

    /// <summary>Lets events come due and leave.</summary>
    public void Advance(long now)
    {
        while (FutureEvents > 0 && _events[Events].Ticks <= now)
            Events++;
        if (RefusedFrom <= now)
            RefusedFrom = Never;

        if (Events > maxEvents)
        {
            _newestExcluded = _events[Events - maxEvents - 1].Ticks;
            Remove(Events - maxEvents);
        }

        var start = now - _duration;
        if (_newestExcluded < start)
            _newestExcluded = None;
        var expired = 0;
        while (expired < Events && _events[expired].Ticks < start)
            expired++;
        if (expired > 0)
            Remove(expired);
    }

    /// <summary>The intervals between the events that count, in ticks and in their order.</summary>
    public void CopyIntervals(Span<long> intervals) => _events.CopyIntervals(intervals);

    private Placement AddDue(int index, WindowEntry entry)
    {
        if (Events == maxEvents)
        {
            if (index == 0)
            {
                if (entry.Ticks <= _newestExcluded)
                    return Placement.Outside;
                _newestExcluded = entry.Ticks;
                return Placement.Excluded;
            }

            _newestExcluded = First;
            Remove(1);
            index--;
        }
        else if (entry.Ticks <= _newestExcluded)
        {
            // The place that a withdrawal left belongs to one that was left out and is newer, or to this one, if it was that.
            return Placement.Outside;
        }

        _events.Insert(index, entry);
        Events++;
        return Placement.Counted;
    }

    private Placement AddFuture(int index, WindowEntry entry)
    {
        if (FutureEvents == maxFutureEvents)
        {
            var refused = index == _events.Count ? entry : _events[_events.Count - 1];
            RefusedFrom = Math.Min(RefusedFrom, refused.Ticks);
            if (index == _events.Count)
                return Placement.Future;
            _events.RemoveLast();
        }

        _events.Insert(index, entry);
        return Placement.Future;
    }

    private void Remove(int oldest)
    {
        _events.RemoveFirst(oldest);
        Events -= oldest;
    }
}

/// <summary>What became of an event that a window was given.</summary>
internal enum Placement
{
    /// <summary>It is older than the window, or than what the cap leaves of it, and changes nothing.</summary>
    Outside,

    /// <summary>The window holds it already.</summary>
    Duplicate,

    /// <summary>The cap leaves it out, and it is the newest of those.</summary>
    Excluded,

    /// <summary>It is dated in the future and counts from its time on.</summary>
    Future,

    /// <summary>It took its place.</summary>
    Counted,
}

/// <summary>
/// How far back a window reaches: the newest <see cref="MaxEvents"/> events no older than <see cref="Duration"/>, whichever is less.
/// </summary>
public sealed record WindowOptions
{
    /// <summary>More than zero; an event exactly this old is still inside.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>At least 1.</summary>
    public int MaxEvents { get; init; } = 500;
}
