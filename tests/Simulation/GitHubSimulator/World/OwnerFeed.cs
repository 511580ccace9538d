namespace GitHubSimulator.World;

/// <summary>Merges the feeds of several repositories into one: the newest of all by rank.</summary>
internal static class OwnerFeed
{
    /// <param name="feeds">Each newest first; the newest of all are among the newest of each.</param>
    public static IReadOnlyList<SimulatedEvent> Merge(IEnumerable<SimulatedEvent[]> feeds, Func<SimulatedEvent, bool> isMeant, int length)
    {
        var next = new PriorityQueue<(SimulatedEvent[] Feed, int Index), (long NewestFirst, long Id)>();
        foreach (var feed in feeds)
            Enqueue(feed, 0);
        var merged = new List<SimulatedEvent>(length);
        while (merged.Count < length && next.TryDequeue(out var place, out _))
        {
            merged.Add(place.Feed[place.Index]);
            Enqueue(place.Feed, place.Index + 1);
        }

        return merged;

        void Enqueue(SimulatedEvent[] feed, int from)
        {
            var index = Array.FindIndex(feed, from, e => isMeant(e));
            if (index >= 0)
                next.Enqueue((feed, index), (-feed[index].RankAt.UtcTicks, feed[index].Id));
        }
    }
}
