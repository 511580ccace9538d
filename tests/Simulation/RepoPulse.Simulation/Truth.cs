using GitHubSimulator.World;

namespace RepoPulse.Simulation;

/// <summary>
/// What really happened, beside what was collected. At the end of every complete sweep it looks at the feed itself: what stood in it at two
/// such moments stood in it throughout the later sweep, and must be held or lie in a declared gap.
/// </summary>
public sealed class Truth(GitHubWorld world, SimulatedStore store, SimulationClock clock, Scenario scenario)
{
    /// <summary>No event becomes visible later after it happened.</summary>
    private static readonly TimeSpan MaxLatency = TimeSpan.FromHours(6.5);

    /// <summary>Events are dated by the second in which they happened, sweeps to the tick.</summary>
    private static readonly TimeSpan WholeSeconds = TimeSpan.FromSeconds(1);

    private readonly Dictionary<FeedAddress, SweptFeed> _byAddress = [];
    private readonly List<SweptFeed> _feeds = [];
    private int _sweeps;

    /// <summary>Called with every cursor that is stored.</summary>
    public void Saved(FeedAddress address, FeedCursor cursor, SweepProof? proof)
    {
        if (proof is not { } proven)
            return;
        _sweeps++;
        var visible = Look(address, cursor.RepositoryId);
        if (!_byAddress.TryGetValue(address, out var feed) || feed.Repository != cursor.RepositoryId)
            feed = Begin(address, cursor.RepositoryId, proven.To);
        else if (!proven.Contiguous)
            feed.Gaps.Add(new DeclaredGap(feed.LastSweptAt, proven.To, proven.GapReason ?? ""));
        var now = clock.GetUtcNow();
        feed.Stayed.AddRange(visible
            .Where(key => feed.Visible.Contains(key) && !store.Events.ContainsKey(key))
            .Select(key => new Stay(key, feed.LookedAt, proven.To, now)));
        (feed.Visible, feed.LookedAt) = (visible, now);
        feed.LastSweptAt = proven.To;
    }

    /// <summary>At the end: what must not be, and what is only to be counted.</summary>
    /// <param name="pauses">When nothing ran, or limits kept it from polling as it should.</param>
    public RunReport Judge(int crashes, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses)
    {
        var faults = new List<string>();
        JudgeShown(faults);
        if (world.Requests.ViolationCount > 0)
            faults.Add($"{world.Requests.ViolationCount} limits were broken, the first {world.Requests.Violations[0]}");
        var report = new RunReport
        {
            Scenario = scenario,
            Faults = faults,
            Requests = world.Requests.Total,
            Held = store.Events.Count,
            Crashes = crashes,
            Sweeps = _sweeps,
        };
        foreach (var feed in _feeds)
            report = Judge(feed, report, faults, pauses);
        HeldStatistics.Judge(store, clock.GetUtcNow(), faults);
        return report;
    }

    private static EventKey KeyOf(long id, DateTimeOffset createdAt) => new(EventId.FromGitHub(id), createdAt);

    private static bool IsInGap(CoverageLedger ledger, EventKey key) =>
        ledger.Intervals.Any(
            interval => interval.State == CoverageState.Gap && key.CreatedAt >= interval.From && key.CreatedAt < interval.To);

    private SweptFeed Begin(FeedAddress address, RepositoryId repository, DateTimeOffset at)
    {
        if (_byAddress.TryGetValue(address, out var former))
            _byAddress[former.Address = FeedAddress.OfRepositoryId(former.Repository)] = former;
        var feed = new SweptFeed(address, repository, at);
        _feeds.Add(feed);
        return _byAddress[address] = feed;
    }

    private HashSet<EventKey> Look(FeedAddress address, RepositoryId repository)
    {
        var events = address.IsOrganization
            ? world.FindOwner(address.ToString()["orgs/".Length..]) is { } owner ? world.ReadFeed(owner) : []
            : world.FindRepository(repository.Value) is { } found ? world.ReadFeed(found) : [];
        return [.. events.Select(e => KeyOf(e.Id, e.CreatedAt))];
    }

    /// <summary>Whether it would have been kept, whenever it came.</summary>
    private bool IsKept(EventKey key) => scenario.Retention is not { } retention || key.CreatedAt > clock.GetUtcNow() - retention;

    private bool IsMissing(EventKey key) => !store.Events.ContainsKey(key) && IsKept(key);

    /// <summary>
    /// Whether nothing hid it between the two looks, as an error may for a while, and it stood there already at the time whose feed the
    /// second sweep was shown: a replica that lags behind shows an earlier one.
    /// </summary>
    private bool StoodThroughout(SweptFeed feed, Stay stay)
    {
        if (feed.Address.IsOrganization || world.FindRepository(feed.Repository.Value) is not { } repository)
            return true;
        var paths = repository.Identities
            .Select(identity => $"/repos/{identity.FullName}/events")
            .Append($"/repositories/{repository.Id}/events")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shownOf = world.Requests.Recent
            .Where(request => request.At >= stay.SweptFrom
                && request.At <= stay.Until
                && paths.Contains(request.Path)
                && request.AsOf is not null)
            .Min(request => request.AsOf);
        var from = shownOf < stay.From ? shownOf.Value : stay.From;
        return world.Visibilities(repository, from, stay.Until + TimeSpan.FromTicks(1))
            .Any(seen => KeyOf(seen.Event.Id, seen.Event.CreatedAt) == stay.Key && seen.From <= from && seen.Until > stay.Until);
    }

    private void JudgeShown(List<string> faults)
    {
        var missing = world.Shown.All.Where(shown => IsMissing(KeyOf(shown.Id, shown.CreatedAt))).ToArray();
        if (missing.Length > 0)
            faults.Add($"{missing.Length} events stood in an answer and are not held, the first {missing[0]}");
    }

    private RunReport Judge(
        SweptFeed feed, RunReport report, List<string> faults, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses)
    {
        var ledger = store.CoverageOf(feed.Address);
        foreach (var stay in feed.Stayed.Where(stay => IsMissing(stay.Key) && !IsInGap(ledger, stay.Key) && StoodThroughout(feed, stay)))
        {
            faults.Add(
                $"{feed.Address}: event {stay.Key.Id} of {stay.Key.CreatedAt:u} stayed visible from {stay.From:u} to {stay.Until:u}, " +
                "from one sweep to the next, is not held, and lies in no declared gap");
        }

        // A clock that is set moves gaps, and lets two of them become one.
        var gaps = ledger.Intervals.Count(interval => interval is
        {
            State: CoverageState.Gap,
            Reason: not CoverageLedger.UnreadableRows,
        });
        if (scenario.ClockSettings.Count == 0 && feed.Gaps.Count != gaps)
            faults.Add($"{feed.Address}: {feed.Gaps.Count} gaps were declared, the ledger has {string.Join("; ", ledger.Intervals)}");
        if (feed.Address.IsOrganization || world.FindRepository(feed.Repository.Value) is not { } repository)
            return report;

        var entered = world.EventsOf(repository, feed.FirstSweptAt - MaxLatency, feed.LastSweptAt)
            .Where(e => e.VisibleAt > feed.FirstSweptAt && e.VisibleAt <= feed.LastSweptAt)
            .ToArray();
        var missing = entered.Where(e => IsMissing(KeyOf(e.Id, e.CreatedAt))).ToArray();
        var inGaps = missing.Count(
            e => IsInGap(ledger, KeyOf(e.Id, e.CreatedAt)) || feed.Gaps.Exists(gap => e.VisibleAt > gap.After && e.VisibleAt <= gap.Until));
        foreach (var gap in feed.Gaps)
        {
            var between = entered.Where(e => e.VisibleAt > gap.After && e.VisibleAt <= gap.Until).ToArray();
            // Where nothing says what time it is, a clock that was ahead leaves doubts that nobody can dispel.
            if (!scenario.IsDateless && !GapExcuse.IsThere(world, scenario, gap, between, pauses))
                faults.Add($"{feed.Address}: a gap from {gap.After:u} to {gap.Until:u} ({gap.Reason}) that need not have been; " +
                    $"{between.Length} events entered");
        }

        return report with
        {
            Entered = report.Entered + entered.Length,
            Hidden = report.Hidden + missing.Count(
                e => !IsInGap(ledger, KeyOf(e.Id, e.CreatedAt)) && !IsInGap(ledger, KeyOf(e.Id, e.CreatedAt + WholeSeconds))),
            CameAndWent = report.CameAndWent + missing.Length - inGaps,
            LostInGaps = report.LostInGaps + inGaps,
            Gaps = report.Gaps + feed.Gaps.Count,
            GapsThatLostNothing = report.GapsThatLostNothing
                + feed.Gaps.Count(
                    gap => !Array.Exists(missing, e => e.VisibleAt > gap.After - TimeSpan.FromMinutes(1) && e.VisibleAt <= gap.Until)),
        };
    }
}
