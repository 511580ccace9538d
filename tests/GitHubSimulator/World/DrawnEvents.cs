using GitHubSimulator.Generation;

namespace GitHubSimulator.World;

/// <summary>
/// Part of an activity's events, by rank: as many slots up to the present as a reading asks for. Nothing is kept that cannot be drawn again, so
/// what has grown long is dropped.
/// </summary>
internal sealed class DrawnEvents(Activity activity)
{
    /// <summary>As long as this is, the newer part alone fills any feed.</summary>
    private const int Enough = 1_000;

    /// <summary>Rather than draw so many slots that nobody asked for, it begins anew at the present.</summary>
    private const int LongAbsence = 64;

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

    /// <summary>Draws the slot before the oldest; false where none can matter.</summary>
    /// <param name="oldest">Events before it are not asked for.</param>
    public bool ReachBack(DateTimeOffset oldest)
    {
        if (From <= activity.Begin || From <= oldest)
            return false;
        List<SimulatedEvent> slot = [];
        activity.Draw(--_first, slot);
        _byRank.InsertRange(0, slot);
        return true;
    }
}
