namespace RepoPulse.Collector.Polling;

/// <summary>What a cursor is after a sweep that did not break off.</summary>
internal static class CursorAdvance
{
    public static FeedCursor After(FeedCursor last, Sweep sweep)
    {
        var cursor = Read(last, sweep);
        if ((last.ComparedAt is null || sweep.IsConfirmation) && sweep.Depth >= SweepDepth.Complete)
            cursor = cursor with { ComparedAt = sweep.AsOf };
        return sweep.IsConfirmation && last.Token is not null && last.Token != sweep.Token ? WithPagesOf(last, cursor, sweep) : cursor;
    }

    private static FeedCursor Read(FeedCursor last, Sweep sweep)
    {
        var cursor = last with
        {
            State = RepositoryState.Watching,
            LastPolledAt = sweep.StartedAt,
            PollInterval = sweep.PollInterval ?? last.PollInterval,
            Failures = 0,
            ChangedAt = sweep.Entered > 0 ? sweep.AsOf : last.ChangedAt,
        };

        // Pages below those that were asked for and are as they were are so too, as far as anything is known of them.
        if (!sweep.IsUnchanged || sweep.Depth == SweepDepth.ToEnd)
            cursor = cursor with { Token = sweep.Token, Pages = sweep.Pages, Known = Known(last, sweep) };
        if (sweep is { CanConfirm: true, IsServedInFull: true } && sweep.Depth >= SweepDepth.Complete)
            cursor = cursor with { ConfirmedAt = sweep.AsOf };
        return sweep.Depth switch
        {
            SweepDepth.Overlapping when sweep.Malformed.Count > 0 => Unproven(cursor, last, sweep) with
            {
                // What could not be read is declared by a sweep that is complete: until then it must be shown again.
                Pages = [.. cursor.Pages.Select(page => page with { ETag = null })],
            },
            SweepDepth.Overlapping => Unproven(cursor, last, sweep),
            SweepDepth.Complete => Swept(cursor, last, sweep),
            // In the place of rows that are no events, events may stand the next time.
            _ => Swept(cursor, last, sweep) with { LastFullSweepAt = sweep.Malformed.Count == 0
                ? sweep.AsOf
                : sweep.AsOf - SweepPlan.FullSweepAfter + SweepPlan.FullSweepAfterError },
        };
    }

    /// <summary>
    /// After a reading with another account's token: it confirms what is known, and the pages that are asked for conditionally stay those
    /// of the feed's own token, whose ETags they bear.
    /// </summary>
    private static FeedCursor WithPagesOf(FeedCursor last, FeedCursor cursor, Sweep sweep)
    {
        var ofPages = last.Pages.Sum(page => page.Events);
        var kept = last.Known.Take(ofPages).ToHashSet();
        var besides = sweep.Keys.Concat(last.Known.Skip(ofPages)).Where(key => !kept.Contains(key)).Distinct()
            .OrderByDescending(key => key.CreatedAt);
        return cursor with
        {
            Token = last.Token,
            Pages = last.Pages,
            Known = [.. last.Known.Take(ofPages), .. besides.Take(Math.Max(0, FeedCursor.MaxKnown - ofPages))],
        };
    }

    private static FeedCursor Unproven(FeedCursor cursor, FeedCursor last, Sweep sweep) =>
        cursor with { EnteredSince = last.EnteredSince + sweep.Entered };

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
