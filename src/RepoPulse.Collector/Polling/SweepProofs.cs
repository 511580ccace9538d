using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;

namespace RepoPulse.Collector.Polling;

/// <summary>Judges what a whole sweep proves about the time since the last one. Doubt counts against us: a gap is declared, never hidden.</summary>
internal static class SweepProofs
{
    /// <summary>
    /// Events of the last sweep that must still be there for a full feed to count as overlapping. One would do if feeds were in order; they are
    /// not, and a straggler that reappears must not pass for an overlap.
    /// </summary>
    private const int MinOverlap = 30;

    /// <summary>An event may appear up to six hours after it happened (GitHub's documentation of the Events API).</summary>
    private static readonly TimeSpan MaxLatency = TimeSpan.FromHours(6);

    public static SweepProof Judge(FeedCursor last, Sweep sweep)
    {
        var reach = sweep.StartedAt - FeedLimits.Reach;
        if (last.LastSweptAt is not { } lastSweptAt)
            return Proof(sweep, sweep.IsFull ? Oldest(sweep, reach) : reach, null);
        if (!sweep.IsFull)
        {
            return lastSweptAt >= reach + MaxLatency
                ? Proof(sweep, reach, null)
                : Proof(sweep, reach, "the collector was away for longer than a feed reaches back");
        }

        var shown = sweep.Keys.ToHashSet();
        var overlap = last.LastSweep.Distinct().Count(shown.Contains);
        var needed = Math.Min(MinOverlap, last.LastSweep.Distinct().Count());
        return needed > 0 && overlap >= needed
            ? Proof(sweep, Oldest(sweep, reach), null)
            : Proof(sweep, ReachOfOverflowed(sweep, reach), "the feed overflowed between two sweeps");
    }

    private static SweepProof Proof(Sweep sweep, DateTimeOffset from, string? gap)
        => new() { From = from, To = sweep.StartedAt, Contiguous = gap is null, GapReason = gap };

    private static DateTimeOffset Oldest(Sweep sweep, DateTimeOffset reach)
        => sweep.Keys.Count == 0 ? reach : Later(reach, sweep.Keys.Min(key => key.CreatedAt));

    /// <summary>
    /// Since when a feed that overflowed is complete again. Its oldest event may be a straggler from long before; the newest of its last third is
    /// younger than all that lies below any plausible disorder.
    /// </summary>
    private static DateTimeOffset ReachOfOverflowed(Sweep sweep, DateTimeOffset reach)
    {
        var tail = sweep.Keys.Skip(sweep.Keys.Count * 2 / 3).ToArray();
        return tail.Length == 0 ? sweep.StartedAt : Later(reach, tail.Max(key => key.CreatedAt));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
