using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;

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
        if (!sweep.IsUnchanged || sweep.Extent == SweepExtent.Whole)
            cursor = cursor with { Token = token, Pages = sweep.Pages, Known = Known(last, sweep) };
        return sweep.Extent switch
        {
            SweepExtent.Overlapping => cursor with { EnteredSince = last.EnteredSince + sweep.Entered },
            SweepExtent.Complete => Swept(cursor, last, sweep),
            _ => Swept(cursor, last, sweep) with { LastWholeAt = sweep.StartedAt },
        };
    }

    private static FeedCursor Swept(FeedCursor cursor, FeedCursor last, Sweep sweep)
        => cursor with { LastSweptAt = sweep.StartedAt, SweptBeforeAt = last.LastSweptAt, EnteredSince = 0 };

    /// <summary>What was shown, and below it what was known and not asked for; of a feed that was read whole, what was shown alone.</summary>
    private static List<EventKey> Known(FeedCursor last, Sweep sweep)
    {
        if (sweep.Extent == SweepExtent.Whole)
            return sweep.Keys;
        var shown = sweep.Keys.ToHashSet();
        var below = last.Known.Where(key => !shown.Contains(key)).Distinct().Take(Math.Max(0, FeedLimits.MaxEvents - sweep.Keys.Count));
        return [.. sweep.Keys, .. below];
    }
}
