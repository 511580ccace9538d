namespace GitHubSimulator.World;

/// <summary>The visible events of a repository, an organization or everyone, by rank. Not thread-safe: the world's lock guards it.</summary>
internal sealed class EventFeed
{
    /// <summary>
    /// How many are held: more than any feed shows, because those of a repository that is hidden for a while are passed over. What falls below
    /// can never be shown again.
    /// </summary>
    private const int Capacity = 1_000;

    private readonly List<SimulatedEvent> _byRank = [];

    public int Count => _byRank.Count;

    public void Insert(SimulatedEvent newcomer)
    {
        var index = _byRank.Count;
        while (index > 0 && _byRank[index - 1].RankAt > newcomer.RankAt)
            index--;
        _byRank.Insert(index, newcomer);

        // Dropped in lots, so that the shift of the list is paid once for many.
        if (_byRank.Count >= 2 * Capacity)
            _byRank.RemoveRange(0, _byRank.Count - Capacity);
    }

    public List<SimulatedEvent> Newest(int length, Predicate<SimulatedEvent> shown)
    {
        var newest = new List<SimulatedEvent>(Math.Min(length, _byRank.Count));
        for (var i = _byRank.Count - 1; i >= 0 && newest.Count < length; i--)
            if (shown(_byRank[i]))
                newest.Add(_byRank[i]);
        return newest;
    }
}
