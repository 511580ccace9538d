using GitHubSimulator.World;
using RepoPulse.Events;

namespace RepoPulse.Simulation;

/// <summary>
/// What really happened, beside what was collected: at the end of every complete sweep it looks at the feed itself. What stood in it at two such
/// moments stood in it throughout the later sweep, and must be held or lie in a declared gap.
/// </summary>
public sealed class Truth(GitHubWorld world, SimulatedStore store, SimulationClock clock, Scenario scenario)
{
    private readonly Dictionary<FeedAddress, SweptFeed> _feeds = [];

    private sealed class SweptFeed
    {
        public HashSet<EventKey> InFeed { get; set; } = [];

        public DateTimeOffset? FirstSweptAt { get; set; }

        public DateTimeOffset? LastSweptAt { get; set; }

        public long Repository { get; set; }

        public HashSet<EventKey> Stayed { get; } = [];

        public List<DeclaredGap> Gaps { get; } = [];
    }

    private sealed record DeclaredGap(DateTimeOffset After, DateTimeOffset Until, string Reason);

    private int Sweeps { get; set; }

    public void Saved(FeedAddress address, FeedCursor before, FeedCursor cursor, SweepProof? proof)
    {
        if (proof is not { } proven || Snapshot(address, cursor) is not { } inFeed)
            return;
        Sweeps++;
        if (!_feeds.TryGetValue(address, out var feed) || feed.Repository != cursor.RepositoryId.Value)
        {
            Retire(address);
            _feeds[address] = feed = new SweptFeed { Repository = cursor.RepositoryId.Value, FirstSweptAt = proven.To };
        }

        feed.Stayed.UnionWith(inFeed.Where(key => feed.InFeed.Contains(key) && !store.Events.ContainsKey(key)));
        if (!proven.Contiguous)
            feed.Gaps.Add(new DeclaredGap(feed.LastSweptAt ?? proven.To, proven.To, proven.GapReason ?? ""));
        feed.InFeed = inFeed;
        feed.LastSweptAt = proven.To;
    }

    public RunReport Judge(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> downtimes)
    {
        var faults = new List<string>();
        JudgeShown(faults);
        var (entered, cameAndWent, inGaps, gaps, idleGaps) = (0L, 0L, 0L, 0, 0);
        foreach (var (address, feed) in _feeds)
        {
            var ledger = store.CoverageOf(address);
            foreach (var key in feed.Stayed.Where(key => !store.Events.ContainsKey(key) && IsKept(key) && !IsInGap(ledger, key)))
                faults.Add($"{address}: event {key.Id} of {key.CreatedAt:u} stayed visible from one sweep to the next, is not held, and lies in no declared gap");
            var missing = 0;
            foreach (var e in Entered(feed, address))
            {
                entered++;
                var key = KeyOf(e);
                if (store.Events.ContainsKey(key) || !IsKept(key))
                    continue;
                missing++;
                if (feed.Gaps.Exists(gap => e.VisibleAt > gap.After && e.VisibleAt <= gap.Until) || IsInGap(ledger, key))
                    inGaps++;
                else
                    cameAndWent++;
            }

            foreach (var gap in feed.Gaps)
            {
                gaps++;
                var between = Entered(feed, address).Where(e => e.VisibleAt > gap.After && e.VisibleAt <= gap.Until).ToList();
                if (between.TrueForAll(e => store.Events.ContainsKey(KeyOf(e)) || !IsKept(KeyOf(e))))
                    idleGaps++;
                if (Excuse(gap, between, downtimes) is null)
                    faults.Add($"{address}: a gap of {gap.After:u} to {gap.Until:u} ({gap.Reason}) that need not have been: {between.Count} events entered");
            }
        }

        JudgeStatistics(faults);
        JudgeLimits(faults);
        return new RunReport
        {
            Scenario = scenario,
            Faults = faults,
            Requests = world.Requests.Total,
            Held = store.Events.Count,
            Entered = entered,
            CameAndWent = cameAndWent,
            LostInGaps = inGaps,
            Gaps = gaps,
            GapsThatLostNothing = idleGaps,
            Crashes = downtimes.Count,
            Sweeps = Sweeps,
        };
    }
}
