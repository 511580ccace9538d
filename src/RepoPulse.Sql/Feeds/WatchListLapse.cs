namespace RepoPulse.Sql.Feeds;

internal static class WatchListLapse
{
    /// <summary>How long a collector's list holds after it was last registered.</summary>
    private static readonly TimeSpan After = TimeSpan.FromDays(1);

    /// <summary>A list registered at or before this time (in microseconds) has lapsed.</summary>
    public static long Bound(DateTimeOffset now) => Micros.Floor(now - After);
}
