using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Judges what a complete sweep proves about the time since the last one. Doubt counts against us: a gap is declared, never hidden.
/// </summary>
internal static class SweepProofs
{
    /// <summary>
    /// Known events that must still be shown for a feed to count as overlapping. Where a feed is in order, one is enough: whatever entered
    /// since stands above it. Neighbours that are swapped reach over a handful.
    /// </summary>
    private const int MinOverlap = 10;

    /// <summary>
    /// A feed that shows fewer rows shows all that it has. Above, a response that left out a few might be a full feed's.
    /// </summary>
    private const int ClearlyNotFull = 270;

    /// <summary>Rows on either side of one that could not be read that say when its event may have been.</summary>
    private const int Neighbours = 5;

    /// <param name="gap">Why events may be missing, should they be: what is known of the time since the last sweep.</param>
    public static SweepProof Judge(FeedCursor last, Sweep sweep, string gap = "the feed overflowed between two sweeps")
    {
        var reach = sweep.AsOf - FeedLimits.MaxAge;
        if (last.LastSweptAt is not { } lastSweptAt)
            return Proof(sweep, sweep.IsFull ? Oldest(sweep, reach) : reach, null);
        if (sweep.Depth == SweepDepth.Complete || Overlaps(last, sweep))
            return Proof(sweep, Oldest(sweep, reach), null);
        if (sweep.Rows > ClearlyNotFull)
        {
            var from = ReachAfterOverflow(sweep, reach);
            return Proof(sweep, from, gap, lastSweptAt <= from ? BelievedUntil(last, lastSweptAt, sweep) : NewestKnown(last, sweep));
        }

        var believed = BelievedUntil(last, lastSweptAt, sweep);
        if (IsSuspect(last, sweep))
            return Proof(sweep, reach, "the feed no longer shows what it showed", believed);
        return believed >= reach + SweepPlan.MaxLatency
            ? Proof(sweep, reach, null)
            : Proof(sweep, reach, "the collector was away for longer than a feed reaches back", believed);
    }

    /// <summary>
    /// Whether a feed that shows all it has shows nothing of what it showed, though that is young enough: a response that is wrong, or
    /// another repository's, or a history that was deleted.
    /// </summary>
    public static bool IsSuspect(FeedCursor last, Sweep sweep)
    {
        if (sweep.Depth != SweepDepth.ToEnd || sweep.Rows > ClearlyNotFull)
            return false;
        var bound = sweep.AsOf - FeedLimits.MaxAge + SweepPlan.MaxLatency;
        var expected = last.Known.Where(key => key.CreatedAt > bound && key.CreatedAt <= sweep.AsOf).ToHashSet();
        return expected.Count > 0 && !sweep.Keys.Exists(expected.Contains);
    }

    private static bool Overlaps(FeedCursor last, Sweep sweep)
    {
        var known = last.Known.ToHashSet();
        var shown = sweep.Keys.Where(known.Contains).Distinct().Count();
        return shown >= Math.Clamp((known.Count + 1) / 2, 1, MinOverlap);
    }

    private static SweepProof Proof(Sweep sweep, DateTimeOffset from, string? gap, DateTimeOffset? believed = null)
        => new()
        {
            From = from,
            To = sweep.AsOf,
            Contiguous = gap is null,
            BelievedUntil = believed,
            GapReason = gap,
            Unreadable = [.. sweep.Malformed.Select(above => Around(sweep, above, from))],
            ReadsEveryRow = sweep.IsServedInFull && sweep.Malformed.Count == 0,
        };

    /// <summary>
    /// Where the event may stand that a row might have been: between the rows above and below it, of each so many that neighbours that are
    /// swapped do not matter.
    /// </summary>
    private static TimeStretch Around(Sweep sweep, int above, DateTimeOffset from)
    {
        var over = sweep.Keys.Take(above).TakeLast(Neighbours).ToArray();
        var under = sweep.Keys.Skip(above).Take(Neighbours).ToArray();
        var oldest = under.Length == 0 ? from : under.Min(key => key.CreatedAt);
        var newest = above < Neighbours ? sweep.AsOf : over.Max(key => key.CreatedAt);
        // Of one second, where the rows around it are.
        return new TimeStretch(oldest, newest > oldest ? newest : oldest.AddSeconds(1));
    }

    /// <summary>
    /// Until when the sweeps before are believed: to the last that was confirmed, since those after it may rest on a response that said
    /// "unchanged" and was stale; unless that lies ahead.
    /// </summary>
    private static DateTimeOffset? BelievedUntil(FeedCursor last, DateTimeOffset lastSweptAt, Sweep sweep)
    {
        var believed = last.ConfirmedAt < lastSweptAt ? last.ConfirmedAt.Value : lastSweptAt;
        return believed <= sweep.AsOf ? believed : NewestKnown(last, sweep);
    }

    /// <summary>
    /// The newest event that the last sweep knew, null where it knew none: the latest moment which it cannot have come before, where its
    /// own time is not to be believed. A clock was ahead where that time has not come yet, or where a feed that no longer shows anything of
    /// the sweep reaches back beyond it.
    /// </summary>
    private static DateTimeOffset? NewestKnown(FeedCursor last, Sweep sweep)
    {
        var past = last.Known.Where(key => key.CreatedAt <= sweep.AsOf).ToArray();
        return past.Length == 0 ? null : past.Max(key => key.CreatedAt);
    }

    private static DateTimeOffset Oldest(Sweep sweep, DateTimeOffset reach)
        => sweep.Keys.Count == 0 ? reach : Later(reach, sweep.Keys.Min(key => key.CreatedAt));

    /// <summary>
    /// Since when a feed that overflowed is complete again. Its oldest event may be a straggler from long before; the newest of its last
    /// third is younger than all that lies below any plausible disorder.
    /// </summary>
    private static DateTimeOffset ReachAfterOverflow(Sweep sweep, DateTimeOffset reach)
    {
        var tail = sweep.Keys.Skip(sweep.Keys.Count * 2 / 3).ToArray();
        return tail.Length == 0 ? sweep.AsOf : Later(reach, tail.Max(key => key.CreatedAt));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
