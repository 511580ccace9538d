namespace RepoPulse.Collector.Polling;

/// <summary>What a cursor is after a sweep that did not break off.</summary>
internal static class CursorAdvance
{
    public static FeedCursor After(FeedCursor last, Sweep sweep, string token)
    {
        var cursor = last with
        {
            State = RepositoryState.Watching,
            LastPolledAt = sweep.StartedAt,
            PollInterval = sweep.PollInterval ?? last.PollInterval,
            Failures = 0,
        };

        // Pages below those that were asked for and are as they were are so too, as far as anything is known of them.
        if (!sweep.IsUnchanged || sweep.Depth == SweepDepth.ToEnd)
            cursor = cursor with { Token = token, Pages = sweep.Pages, Known = Known(last, sweep) };
        return sweep.Depth switch
        {
            SweepDepth.Overlapping => cursor with { EnteredSince = last.EnteredSince + sweep.Entered },
            SweepDepth.Complete => Swept(cursor, last, sweep),
            // In the place of rows that are no events, events may stand the next time.
            _ => Swept(cursor, last, sweep) with { LastFullSweepAt = sweep.Malformed == 0
                ? sweep.AsOf
                : sweep.AsOf - SweepPlan.FullSweepAfter + SweepPlan.FullSweepAfterError },
        };
    }

    private static FeedCursor Swept(FeedCursor cursor, FeedCursor last, Sweep sweep)
        => cursor with { LastSweptAt = sweep.AsOf, SweptBeforeAt = last.LastSweptAt, EnteredSince = 0 };

    /// <summary>
    /// What was shown, and behind it what is known besides: what was not asked for, and what a response left out that lags behind or is
    /// wrong.
    /// </summary>
    private static List<EventKey> Known(FeedCursor last, Sweep sweep)
    {
        var shown = sweep.Keys.ToHashSet();
        var besides = last.Known.Where(key => !shown.Contains(key)).Distinct().OrderByDescending(key => key.CreatedAt);
        return [.. sweep.Keys, .. besides.Take(Math.Max(0, FeedCursor.MaxKnown - sweep.Keys.Count))];
    }
}
