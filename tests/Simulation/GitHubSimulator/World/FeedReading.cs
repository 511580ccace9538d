using System.Runtime.InteropServices;

namespace GitHubSimulator.World;

/// <summary>Reads a repository's feed: the newest by rank of the events added and drawn, as far as they are visible.</summary>
internal readonly struct FeedReading(GitHubWorld world, List<SimulatedEvent> added, DrawnEvents? drawn, int length, bool withOmitted)
{
    public FeedSnapshot At(DateTimeOffset now)
    {
        var oldest = now - world.Options.FeedAge;
        drawn?.AdvanceTo(now);
        while (true)
        {
            var snapshot = Merge(now, oldest);

            // The feed is right where it is full, and nothing that is yet to be drawn could stand above its last event.
            var isRight = drawn is null || (snapshot.Events.Length == length && drawn.From <= snapshot.Events[^1].RankAt);
            if (isRight || !drawn!.ReachBack(oldest, Math.Max(1, length - snapshot.Events.Length)))
                return snapshot;
        }
    }

    private FeedSnapshot Merge(DateTimeOffset now, DateTimeOffset oldest)
    {
        var events = new List<SimulatedEvent>(Math.Min(length, added.Count + (drawn?.ByRank.Count ?? 0)));
        var validUntil = drawn?.Until ?? DateTimeOffset.MaxValue;
        var (i, j) = (added.Count - 1, (drawn?.ByRank.Count ?? 0) - 1);
        while (events.Count < length && (i >= 0 || j >= 0))
        {
            var e = j < 0 || (i >= 0 && added[i].RankAt > drawn!.ByRank[j].RankAt) ? added[i--] : drawn!.ByRank[j--];
            if (e.CreatedAt < oldest)
                continue;
            if (e.VisibleAt > now)
            {
                validUntil = Min(validUntil, e.VisibleAt);
                continue;
            }

            if (!withOmitted && world.Weather?.Feeds.Omission(e) is { } omission && omission.Until > now)
            {
                validUntil = Min(validUntil, omission.From > now ? omission.From : omission.Until);
                if (omission.From <= now)
                    continue;
            }

            validUntil = Min(validUntil, e.CreatedAt + world.Options.FeedAge + TimeSpan.FromTicks(1));
            events.Add(e);
        }

        return new FeedSnapshot(CollectionsMarshal.AsSpan(events).ToArray(), validUntil);
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
