namespace RepoPulse.Events;

/// <summary>
/// What can be vouched for in a feed's history: intervals in time order, without overlap and without holes between the first and the last.
/// Immutable; a sweep or an import makes a new one.
/// </summary>
public sealed class CoverageLedger
{
    private CoverageLedger(IReadOnlyList<CoverageInterval> intervals) => Intervals = intervals;

    /// <summary>The ledger of a feed that was never swept.</summary>
    public static CoverageLedger Empty { get; } = new([]);

    public IReadOnlyList<CoverageInterval> Intervals { get; }

    /// <summary>The time since which no gap is known; null where the feed was never swept.</summary>
    public DateTimeOffset? CompleteSince => Intervals is [.., var last] ? last.State == CoverageState.Complete ? last.From : last.To : null;

    /// <summary>A ledger from stored intervals.</summary>
    /// <exception cref="ArgumentException">They are not in time order, overlap, or leave holes.</exception>
    public static CoverageLedger FromIntervals(IReadOnlyList<CoverageInterval> intervals)
    {
        for (var i = 0; i < intervals.Count; i++)
        {
            if (intervals[i].From >= intervals[i].To)
                throw new ArgumentException($"Coverage interval {i} ends at {intervals[i].To:O}, not after its start at {intervals[i].From:O}.", nameof(intervals));
            if (i > 0 && intervals[i].From != intervals[i - 1].To)
                throw new ArgumentException($"Coverage interval {i} starts at {intervals[i].From:O}, not where the one before ends.", nameof(intervals));
        }

        return intervals.Count == 0 ? Empty : new CoverageLedger([.. intervals]);
    }

    /// <summary>The ledger after a sweep.</summary>
    public CoverageLedger Apply(SweepProof proof)
    {
        if (Intervals.Count == 0)
            return proof.From < proof.To ? new([new(proof.From, proof.To, CoverageState.Complete, null)]) : this;

        var last = Intervals[^1];
        if (proof.To <= last.To)
            return this;
        if (proof.Contiguous)
        {
            return last.State == CoverageState.Complete
                ? new([.. Intervals.Take(Intervals.Count - 1), last with { To = proof.To }])
                : new([.. Intervals, new(last.To, proof.To, CoverageState.Complete, null)]);
        }

        // What the new sweep reaches back to is complete again; what lies between is unknown for good. Where the sweep seems to reach back into
        // what was known already and yet does not overlap it, its times cannot be trusted: then nothing before its own moment is vouched for.
        return proof.From > last.To && proof.From < proof.To
            ? new([.. Intervals, new(last.To, proof.From, CoverageState.Gap, proof.GapReason), new(proof.From, proof.To, CoverageState.Complete, null)])
            : new([.. Intervals, new(last.To, proof.To, CoverageState.Gap, proof.GapReason)]);
    }

    /// <summary>The ledger after an archive was imported: gaps are repaired where it lies over them, the rest of a gap stays one.</summary>
    public CoverageLedger Repair(DateTimeOffset from, DateTimeOffset to)
    {
        if (!Intervals.Any(interval => interval.State == CoverageState.Gap && interval.From < to && from < interval.To))
            return this;
        var repaired = new List<CoverageInterval>();
        foreach (var interval in Intervals)
        {
            if (interval.State != CoverageState.Gap || interval.From >= to || from >= interval.To)
            {
                Add(repaired, interval);
                continue;
            }

            var start = interval.From > from ? interval.From : from;
            var end = interval.To < to ? interval.To : to;
            if (interval.From < start)
                Add(repaired, interval with { To = start });
            Add(repaired, interval with { From = start, To = end, State = CoverageState.Repaired });
            if (end < interval.To)
                Add(repaired, interval with { From = end });
        }

        return new(repaired);
    }

    /// <summary>The gaps (repaired ones included) that touch the time since <paramref name="windowStart"/>, and their full length together.</summary>
    public (int Gaps, TimeSpan Missing) GapsSince(DateTimeOffset windowStart)
    {
        var gaps = 0;
        var missing = TimeSpan.Zero;
        for (var i = Intervals.Count - 1; i >= 0 && Intervals[i].To > windowStart; i--)
        {
            if (Intervals[i].State == CoverageState.Complete)
                continue;
            gaps++;
            missing += Intervals[i].To - Intervals[i].From;
        }

        return (gaps, missing);
    }

    /// <summary>Parts of one gap that were repaired one after another become one again.</summary>
    private static void Add(List<CoverageInterval> intervals, CoverageInterval next)
    {
        if (intervals is [.., var last] && last.State == next.State && last.Reason == next.Reason && last.To == next.From)
            intervals[^1] = last with { To = next.To };
        else
            intervals.Add(next);
    }
}
