namespace RepoPulse.Statistics;

/// <summary>
/// Events that were superseded, so that none of them is taken up again by a log that gives events more than once or in another order. Each
/// is remembered for as long as it would be young enough for a window.
/// </summary>
internal sealed class RetractedEvents
{
    private readonly HashSet<WindowEntry> _entries = [];
    private readonly PriorityQueue<WindowEntry, long> _oldestFirst = new();

    public bool Contains(WindowEntry entry) => _entries.Count > 0 && _entries.Contains(entry);

    public void Add(WindowEntry entry)
    {
        if (_entries.Add(entry))
            _oldestFirst.Enqueue(entry, entry.Ticks);
    }

    public void ForgetBefore(long ticks)
    {
        while (_oldestFirst.TryPeek(out var entry, out var at) && at < ticks)
        {
            _oldestFirst.Dequeue();
            _entries.Remove(entry);
        }
    }
}

/// <summary>What became of the events given to a <see cref="StatisticsFold"/>; together they are as many as were given.</summary>
/// <param name="Folded">Events that took a place in a window, or will when their time comes.</param>
/// <param name="Duplicates">Events that a window held already.</param>
/// <param name="Outside">Events older than the windows reach back, or than what the cap leaves of them, and events of no
/// repository.</param>
public readonly record struct FoldResult(int Folded, int Duplicates, int Outside);
