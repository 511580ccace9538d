using GitHubSimulator.Generation;

namespace GitHubSimulator.World;

/// <summary>
/// Part of an activity's events, by rank: as many slots up to the present as a reading asks for. Nothing is kept that cannot be drawn
/// again, so what has grown long is dropped.
/// </summary>
internal sealed class DrawnEvents(Activity activity)
{
    /// <summary>As long as this is, the newer part alone fills any feed.</summary>
    private const int Enough = 1_000;

    /// <summary>Rather than draw so many slots that nobody asked for, it begins again at the present.</summary>
    private const int LongAbsence = 128;

    private readonly List<SimulatedEvent> _byRank = [];
    private long _first;
    private long _end;

    public IReadOnlyList<SimulatedEvent> ByRank => _byRank;

    /// <summary>From when on all that happened has been drawn.</summary>
    public DateTimeOffset From => activity.StartOf(_first);

    /// <summary>Up to when all that happens has been drawn.</summary>
    public DateTimeOffset Until => activity.StartOf(_end);

    public void AdvanceTo(DateTimeOffset now)
    {
        var present = activity.SlotOf(now);
        if (_byRank.Count >= Enough || present - _end > LongAbsence)
        {
            _byRank.Clear();
            _first = _end = present + 1;
        }

        while (_end <= present)
            activity.Draw(_end++, _byRank);
    }

    /// <summary>Draws slots before the oldest; false where none can matter.</summary>
    /// <param name="oldest">Events before it are not asked for.</param>
    /// <param name="missing">How many events there should be more.</param>
    public bool ReachBack(DateTimeOffset oldest, int missing)
    {
        var slots = new Stack<List<SimulatedEvent>>();
        for (var reached = 0; reached < missing && From > activity.Begin && From > oldest; reached += slots.Peek().Count)
        {
            slots.Push([]);
            activity.Draw(--_first, slots.Peek());
        }

        _byRank.InsertRange(0, [.. slots.SelectMany(slot => slot)]);
        return slots.Count > 0;
    }
}
