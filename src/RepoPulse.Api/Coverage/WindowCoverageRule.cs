namespace RepoPulse.Api.Coverage;

/// <summary>What a ledger says of the window at one moment.</summary>
/// <param name="From">The time since which no gap is known; null where the repository was never swept.</param>
/// <param name="Complete">Whether that reaches across the whole window.</param>
/// <param name="Gaps">How many gaps touch the window.</param>
/// <param name="Missing">Their full length.</param>
internal readonly record struct WindowCoverageRule(DateTimeOffset? From, bool Complete, int Gaps, TimeSpan Missing)
{
    /// <summary>
    /// What limits a window that no cap limits. Where nothing was ever swept nothing is known to be complete, so the window is as short as
    /// the history.
    /// </summary>
    public string Limit => Complete ? "duration" : "history";

    public static WindowCoverageRule Of(CoverageLedger ledger, TimeSpan window, DateTimeOffset now)
    {
        var start = StartOf(window, now);
        var (gaps, missing) = ledger.GapsSince(start);
        return new(ledger.CompleteSince, ledger.CompleteSince <= start, gaps, missing);
    }

    /// <summary>
    /// When the statement changes though the ledger does not: when the window's start passes <see cref="From"/>, or the end of a gap. Null
    /// where it does not.
    /// </summary>
    public static DateTimeOffset? NextChange(CoverageLedger ledger, TimeSpan window, DateTimeOffset now)
    {
        var start = StartOf(window, now);
        var passed = ledger.CompleteSince > start ? ledger.CompleteSince : null;
        for (var i = ledger.Intervals.Count - 1; i >= 0 && ledger.Intervals[i].To > start; i--)
        {
            var interval = ledger.Intervals[i];
            if (interval.State != CoverageState.Complete && (passed is null || interval.To < passed))
                passed = interval.To;
        }

        return passed is null || DateTimeOffset.MaxValue - passed.Value < window ? null : passed.Value + window;
    }

    private static DateTimeOffset StartOf(TimeSpan window, DateTimeOffset now) =>
        now - DateTimeOffset.MinValue > window ? now - window : DateTimeOffset.MinValue;
}
