using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;

namespace RepoPulse.Collector.Polling;

/// <summary>Judges what a complete sweep proves about the time since the last one. Doubt counts against us: a gap is declared, never hidden.</summary>
internal static class SweepProofs
{
    /// <summary>
    /// Known events that must still be shown for a feed to count as overlapping. Where a feed is in order, one is enough: whatever entered since
    /// stands above it. Neighbours that are swapped reach over a handful.
    /// </summary>
    private const int MinOverlap = 10;

    /// <summary>
    /// A feed that shows fewer rows shows all that it has. Above, an answer that left out a few might be a full feed's.
    /// </summary>
    private const int ClearlyNotFull = 270;

    /// <param name="gap">Why events may be missing, should they be: what is known of the time since the last sweep.</param>
    public static SweepProof Judge(FeedCursor last, Sweep sweep, string gap = "the feed overflowed between two sweeps")
    {
        var reach = sweep.StartedAt - FeedLimits.Reach;
        if (last.LastSweptAt is not { } lastSweptAt)
            return Proof(sweep, sweep.IsFull ? Oldest(sweep, reach) : reach, null);
        if (sweep.Extent == SweepExtent.Complete || Overlaps(last, sweep))
            return Proof(sweep, Oldest(sweep, reach), null);
        if (sweep.Rows > ClearlyNotFull)
            return Proof(sweep, ReachOfOverflowed(sweep, reach), gap);
        if (IsDoubtful(last, sweep))
            return Proof(sweep, reach, "the feed no longer shows what it showed");
        return lastSweptAt >= reach + SweepPlan.MaxLatency
            ? Proof(sweep, reach, null)
            : Proof(sweep, reach, "the collector was away for longer than a feed reaches back");
    }

    /// <summary>
    /// Whether a feed that shows all it has shows nothing of what it showed, though that is young enough: an answer that is wrong, or another
    /// repository's, or a history that was deleted.
    /// </summary>
    public static bool IsDoubtful(FeedCursor last, Sweep sweep)
    {
        if (sweep.Extent != SweepExtent.Whole || sweep.Rows > ClearlyNotFull)
            return false;
        var bound = sweep.StartedAt - FeedLimits.Reach + SweepPlan.MaxLatency;
        var expected = last.Known.Where(key => key.CreatedAt > bound && key.CreatedAt <= sweep.StartedAt).ToHashSet();
        return expected.Count > 0 && !sweep.Keys.Exists(expected.Contains);
    }

    private static bool Overlaps(FeedCursor last, Sweep sweep)
    {
        var known = last.Known.ToHashSet();
        var shown = sweep.Keys.Where(known.Contains).Distinct().Count();
        return shown >= Math.Clamp((known.Count + 1) / 2, 1, MinOverlap);
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
