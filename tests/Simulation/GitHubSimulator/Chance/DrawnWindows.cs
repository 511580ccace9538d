namespace GitHubSimulator.Chance;

/// <summary>
/// Windows of time at a mean spacing, drawn for each key apart: one begins in each slot of that length since 1970, so that whether a time
/// lies in a window needs no memory of the times before.
/// </summary>
/// <param name="spacing">Zero for no windows at all.</param>
/// <param name="duration">The mean: a window lasts between half of it and one and a half, and never into the next slot.</param>
internal readonly struct DrawnWindows(int seed, DrawKind kind, TimeSpan spacing, TimeSpan duration)
{
    public bool Any => spacing > TimeSpan.Zero;

    /// <summary>The window that a time lies in.</summary>
    public TimeWindow? At(long key, DateTimeOffset time)
    {
        if (!Any)
            return null;
        var window = OfSlot(key, time.UtcTicks / spacing.Ticks);
        return window.Contains(time) ? window : null;
    }

    /// <summary>The windows that touch an interval, in order.</summary>
    public IEnumerable<TimeWindow> Between(long key, DateTimeOffset from, DateTimeOffset until)
    {
        if (!Any)
            yield break;
        for (var slot = from.UtcTicks / spacing.Ticks; slot <= until.UtcTicks / spacing.Ticks; slot++)
        {
            var window = OfSlot(key, slot);
            if (window.Until > from && window.From < until)
                yield return window;
        }
    }

    /// <summary>When the next window after a time begins.</summary>
    public DateTimeOffset NextStart(long key, DateTimeOffset after)
    {
        var slot = after.UtcTicks / spacing.Ticks;
        while (OfSlot(key, slot).From <= after)
            slot++;
        return OfSlot(key, slot).From;
    }

    /// <summary>The starts of windows in an interval: its start does not belong to it, its end does.</summary>
    public IEnumerable<DateTimeOffset> StartsBetween(long key, DateTimeOffset after, DateTimeOffset until)
    {
        if (!Any)
            yield break;
        for (var start = NextStart(key, after); start <= until; start = NextStart(key, start))
            yield return start;
    }

    private TimeWindow OfSlot(long key, long slot)
    {
        var draws = Draws.Of(seed, kind, key, slot);
        var length = Math.Min(spacing.Ticks, (long)(duration.Ticks * (0.5 + draws.NextDouble())));
        var start = new DateTimeOffset(slot * spacing.Ticks, TimeSpan.Zero).AddTicks((long)((spacing.Ticks - length) * draws.NextDouble()));
        return new TimeWindow(start, start.AddTicks(length));
    }
}
