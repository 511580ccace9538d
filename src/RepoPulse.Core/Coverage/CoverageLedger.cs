namespace RepoPulse.Core;

/// <summary>
/// What is known to be complete in a feed's history: intervals in time order, without overlap and without holes between the first and the
/// last. Immutable; a sweep or an import makes a new one.
/// </summary>
public sealed class CoverageLedger
{
    private CoverageLedger(IReadOnlyList<CoverageInterval> intervals) => Intervals = intervals;

    /// <summary>The ledger of a feed that was never swept.</summary>
    public static CoverageLedger Empty { get; } = new([]);

    /// <summary>Why a stretch is a gap in which rows stood that are no events.</summary>
    public const string UnreadableRows = "rows of the feed could not be read";

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
                throw new ArgumentException(
                    $"Coverage interval {i} ends at {intervals[i].To:O}, not after its start at {intervals[i].From:O}.", nameof(intervals));
            if (i > 0 && intervals[i].From != intervals[i - 1].To)
                throw new ArgumentException(
                    $"Coverage interval {i} starts at {intervals[i].From:O}, not where the one before ends.", nameof(intervals));
        }

        return intervals.Count == 0 ? Empty : new CoverageLedger([.. intervals]);
    }

    /// <summary>
    /// The ledger after a sweep. What it holds of a time after the sweep was written by a clock that was ahead, and is cut back; a sweep
    /// that is not contiguous leaves a gap, also where the ledger holds a later time.
    /// </summary>
    public CoverageLedger Apply(SweepProof proof)
    {
        var believed = CutBackTo(proof.To);
        var swept = believed switch
        {
            { Intervals.Count: 0 } => proof.From < proof.To ? new([new(proof.From, proof.To, CoverageState.Complete, null)]) : believed,
            _ when proof.Contiguous => believed.Extend(proof.To),
            _ => believed.Break(proof, GapStart(believed, proof)),
        };
        if (proof.ReadsEveryRow)
            swept = swept.Withdraw(UnreadableRows, proof.From);
        foreach (var (from, to) in proof.Unreadable)
            swept = swept.Declare(from, to, UnreadableRows);
        return swept;
    }

    /// <summary>The ledger with a gap where it was complete until now.</summary>
    public CoverageLedger Declare(DateTimeOffset from, DateTimeOffset to, string reason) =>
        Replace(CoverageState.Complete, from, to, complete => complete with { State = CoverageState.Gap, Reason = reason });

    /// <summary>The ledger without the gaps of one reason that begin since a time: what was missing there is held now.</summary>
    public CoverageLedger Withdraw(string reason, DateTimeOffset since)
    {
        if (!Intervals.Any(interval => interval.Reason == reason && interval.From >= since))
            return this;
        var intervals = new List<CoverageInterval>();
        foreach (var interval in Intervals)
        {
            Add(intervals, interval.Reason == reason && interval.From >= since
                ? new(interval.From, interval.To, CoverageState.Complete, null)
                : interval);
        }

        return new(intervals);
    }

    /// <summary>The ledger after an archive was imported: gaps are repaired where it lies over them, the rest of a gap stays one.</summary>
    /// <param name="capturedAtMost">What part of what happened the archive can hold at most; null where that is not known.</param>
    public CoverageLedger Repair(DateTimeOffset from, DateTimeOffset to, double? capturedAtMost = null) => Replace(
        CoverageState.Gap, from, to, gap => gap with { State = CoverageState.Repaired, CapturedAtMost = capturedAtMost });

    /// <summary>
    /// The gaps (repaired ones included) that touch the time since <paramref name="windowStart"/>, and their full length together.
    /// </summary>
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

    /// <summary>
    /// Without what lies after a moment. A gap there was declared while a clock was ahead, so that it happened before the moment and nobody
    /// knows when: it takes the place of the interval in which the moment lies.
    /// </summary>
    private CoverageLedger CutBackTo(DateTimeOffset now)
    {
        if (Intervals.Count == 0 || Intervals[^1].To <= now)
            return this;
        var kept = Before(now);
        var gap = Intervals.Where(interval => interval.To > now && interval.State != CoverageState.Complete).Take(1).ToArray();
        if (kept is [.., { State: CoverageState.Complete } last] && gap.Length > 0)
            kept[^1] = last with { State = CoverageState.Gap, Reason = gap[0].Reason };
        return new(kept);
    }

    private CoverageLedger Extend(DateTimeOffset to)
    {
        var last = Intervals[^1];
        if (to <= last.To)
            return this;
        return last.State == CoverageState.Complete
            ? new([.. Intervals.Take(Intervals.Count - 1), last with { To = to }])
            : new([.. Intervals, new(last.To, to, CoverageState.Complete, null)]);
    }

    /// <summary>Where events may be missing from: always before the sweep's own moment, so that its gap is never empty.</summary>
    private DateTimeOffset GapStart(CoverageLedger believed, SweepProof proof)
    {
        var last = believed.Intervals[^1];

        // An interval that was cut back says nothing of when the sweep before it was: the whole of it is in doubt.
        var start = Earlier(proof.BelievedUntil ?? (Intervals[^1].To > proof.To ? last.From : last.To), last.To);
        if (start >= proof.To)
            start = proof.From < proof.To ? proof.From : last.From;
        return start > believed.Intervals[0].From ? start : believed.Intervals[0].From;
    }

    private CoverageLedger Break(SweepProof proof, DateTimeOffset start)
    {
        // What the new sweep reaches back to is complete again; what lies between is unknown for good. Where the sweep seems to reach back
        // into what was known already and yet does not overlap it, its times cannot be trusted: then nothing before its own moment is
        // complete.
        var end = proof.From > start && proof.From < proof.To ? proof.From : proof.To;
        var intervals = Before(start);
        intervals.Add(new(start, end, CoverageState.Gap, proof.GapReason));
        foreach (var interval in Intervals)
        {
            if (interval.To > end)
                intervals.Add(interval with { From = Later(interval.From, end) });
        }

        return new CoverageLedger(intervals).Extend(proof.To);
    }

    private List<CoverageInterval> Before(DateTimeOffset time) =>
        [.. Intervals
            .Where(interval => interval.From < time)
            .Select(interval => interval.To > time ? interval with { To = time } : interval)];

    /// <summary>The ledger with what is of one state between two times in another.</summary>
    private CoverageLedger Replace(
        CoverageState state, DateTimeOffset from, DateTimeOffset to, Func<CoverageInterval, CoverageInterval> replace)
    {
        if (from >= to || !Intervals.Any(interval => interval.State == state && interval.From < to && from < interval.To))
            return this;
        var replaced = new List<CoverageInterval>();
        foreach (var interval in Intervals)
        {
            if (interval.State != state || interval.From >= to || from >= interval.To)
            {
                Add(replaced, interval);
                continue;
            }

            var start = Later(interval.From, from);
            var end = Earlier(interval.To, to);
            if (interval.From < start)
                Add(replaced, interval with { To = start });
            Add(replaced, replace(interval with { From = start, To = end }));
            if (end < interval.To)
                Add(replaced, interval with { From = end });
        }

        return new(replaced);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>Parts of one gap that were repaired one after another become one again.</summary>
    private static void Add(List<CoverageInterval> intervals, CoverageInterval next)
    {
        if (intervals is [.., var last] && last with { From = next.From, To = next.To } == next && last.To == next.From)
            intervals[^1] = last with { To = next.To };
        else
            intervals.Add(next);
    }
}

/// <summary>An interval of a feed's history, from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive).</summary>
/// <param name="Reason">Why it is a gap, in a few words for people; null where it is complete.</param>
public readonly record struct CoverageInterval(DateTimeOffset From, DateTimeOffset To, CoverageState State, string? Reason)
{
    /// <summary>Of a repaired interval, what part of what happened its archive can hold at most (0 to 1); null where that is not
    /// known.</summary>
    public double? CapturedAtMost { get; init; }
}

/// <summary>The state of an interval of a feed's history. The numbers are stored: they never change.</summary>
public enum CoverageState
{
    /// <summary>Every event that GitHub showed is held.</summary>
    Complete = 1,

    /// <summary>Events may be missing.</summary>
    Gap = 2,

    /// <summary>A gap over which an archive was imported. Archives miss events too, so it still counts as a gap.</summary>
    Repaired = 3,
}

/// <summary>
/// The interval of time of which an archive was read to its end, from <paramref name="From"/> (inclusive) to <paramref name="To"/>
/// (exclusive).
/// </summary>
/// <param name="Repositories">Whose events it holds; null where it holds those of all public repositories, as an hour of GH Archive
/// does.</param>
public sealed record ArchiveSpan(DateTimeOffset From, DateTimeOffset To, IReadOnlyCollection<RepositoryId>? Repositories)
{
    /// <summary>
    /// What part of what happened it can hold at most (0 to 1), by its own chains of pushes; null where they say nothing.
    /// </summary>
    public double? CapturedAtMost { get; init; }
}
