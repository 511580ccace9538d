using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Generation;

/// <summary>
/// The made-up events of one repository: a Poisson process whose rate follows a <see cref="Rhythm"/>. Time is cut into slots, and a slot's
/// events depend on the seed, the repository and the slot alone: any interval can be drawn at any time, in any order, and again.
/// </summary>
internal sealed class Activity
{
    /// <summary>How many events a slot has in the mean.</summary>
    private const double EventsPerSlot = 16;

    private static readonly TimeSpan LongestSlot = TimeSpan.FromDays(30);

    private readonly SimulatedRepository _repository;
    private readonly double _perHour;
    private readonly GenerationOptions _options;
    private readonly ActivityIds _ids;
    private readonly Rhythm? _rhythm;
    private readonly GeneratedBody _body;
    private readonly long _slotTicks;

    public Activity(SimulatedRepository repository, double eventsPerHour, GenerationOptions options, ActivityIds ids, DateTimeOffset begin)
    {
        _repository = repository;
        _perHour = eventsPerHour;
        _options = options;
        _ids = ids;
        _rhythm = options.HasRhythm ? new Rhythm(options.Seed, repository.Id) : null;
        _body = new GeneratedBody(options);
        Begin = begin;

        // Whole seconds, so that the events of one second are all in one slot and their ids can be distinguished there.
        var seconds = Math.Clamp(EventsPerSlot / eventsPerHour * 3600, 1, LongestSlot.TotalSeconds);
        _slotTicks = (long)seconds * TimeSpan.TicksPerSecond;
    }

    /// <summary>Nothing happened before.</summary>
    public DateTimeOffset Begin { get; }

    public double EventsPerHour => _perHour;

    public GenerationOptions Options => _options;

    public TimeSpan MaxLateness => _options.Lateness.Most;

    public long SlotOf(DateTimeOffset time) => time.UtcTicks / _slotTicks;

    public DateTimeOffset StartOf(long slot) => new(slot * _slotTicks, TimeSpan.Zero);

    /// <summary>Adds a slot's events, in the order of their ranks.</summary>
    public void Draw(long slot, List<SimulatedEvent> to)
    {
        var draws = Draws.Of(_options.Seed, DrawKind.Activity, _repository.Id, slot);
        long? previousRank = null;
        foreach (var (at, id) in DrawTimes(ref draws, slot))
        {
            var type = EventMix.Draw(ref draws, _options.NewTypeShare);
            var delay = _options.Lateness.Draw(ref draws);
            var isSwapped = draws.Happens(_options.SwappedShare);
            var drawnId = draws.Happens(_options.IdCollisionShare) ? _ids.Reuse(ref draws, at) ?? id : id;

            // Ranked just before its predecessor, an event stands below it, though it is newer.
            var rank = isSwapped ? previousRank - 1 ?? at.UtcTicks : at.UtcTicks;
            previousRank = rank;
            if (at < Begin)
                continue;
            Insert(to, new SimulatedEvent(_repository, drawnId, type, at, at + delay, new DateTimeOffset(rank, TimeSpan.Zero), _body));
        }
    }

    /// <summary>The events that happened in an interval, not in order of time.</summary>
    public IEnumerable<SimulatedEvent> Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (from < Begin)
            from = Begin;
        List<SimulatedEvent> events = [];
        for (var slot = SlotOf(from); StartOf(slot) < until; slot++)
        {
            events.Clear();
            Draw(slot, events);
            foreach (var e in events)
                if (e.HappenedAt >= from && e.HappenedAt < until)
                    yield return e;
        }
    }

    /// <summary>The time and id of a slot's first event, before any id is given again; null where it has none.</summary>
    public (DateTimeOffset At, long Id)? FirstOf(long slot)
    {
        var draws = Draws.Of(_options.Seed, DrawKind.Activity, _repository.Id, slot);
        return DrawTimes(ref draws, slot) is [var first, ..] && first.At >= Begin ? first : null;
    }

    /// <summary>An event ranked below its predecessor comes before it.</summary>
    private static void Insert(List<SimulatedEvent> to, SimulatedEvent e)
    {
        var index = to.Count;
        while (index > 0 && to[index - 1].RankAt > e.RankAt)
            index--;
        to.Insert(index, e);
    }

    private List<(DateTimeOffset At, long Id)> DrawTimes(ref Draws draws, long slot)
    {
        var start = StartOf(slot);
        var end = start.AddTicks(_slotTicks);
        List<DateTimeOffset> times = [];
        AddTimes(ref draws, times, start, end, 1);
        if (_rhythm is not null && _rhythm.AddBursts(times, start, end, ref draws, this))
            times.Sort();
        return _ids.Number(ref draws, times);
    }

    /// <summary>Draws at the highest rate there can be, and keeps a draw with the probability that the present rate has of it.</summary>
    internal void AddTimes(ref Draws draws, List<DateTimeOffset> to, DateTimeOffset from, DateTimeOffset until, double factor)
    {
        var peak = _rhythm is null ? 1 : Rhythm.Peak;
        var ticks = TimeSpan.TicksPerHour / (_perHour * peak * factor);
        for (var at = from.UtcTicks + draws.NextExponential() * ticks; at < until.UtcTicks; at += draws.NextExponential() * ticks)
        {
            var time = new DateTimeOffset((long)at, TimeSpan.Zero);
            if (_rhythm is null || draws.NextDouble() * Rhythm.Peak < _rhythm.FactorAt(time))
                to.Add(time);
        }
    }
}
