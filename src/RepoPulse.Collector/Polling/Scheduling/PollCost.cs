using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// What a feed costs that is polled at an interval, in requests an hour. Events are taken to come independently of each other (Poisson).
/// </summary>
internal static class PollCost
{
    /// <summary>Requests that count against the primary limit: a 304 is free for a request with a token.</summary>
    public static double Paid(FeedPace pace, TimeSpan interval, bool isAnonymous)
    {
        var hours = interval.TotalHours;
        var expected = pace.EventsPerHour * hours;
        var changed = isAnonymous ? 1 : 1 - Math.Exp(-expected);
        return (changed * Pages(expected) / hours) + Deep(pace.EventsPerHour, hours);
    }

    /// <summary>All requests: what GitHub's secondary limits count.</summary>
    public static double Sent(FeedPace pace, TimeSpan interval)
    {
        var hours = interval.TotalHours;
        return (Pages(pace.EventsPerHour * hours) / hours) + Deep(pace.EventsPerHour, hours);
    }

    /// <summary>Pages until a run of known events, on average.</summary>
    private static double Pages(double expected)
    {
        const double Fitting = FeedLimits.MaxPageSize - SweepPlan.Run;
        return expected <= Fitting ? 1 : Math.Min(FeedLimits.MaxPages, 1 + ((expected - Fitting) / FeedLimits.MaxPageSize) + 1);
    }

    /// <summary>Looking for what came late, where it can lie below the first page.</summary>
    private static double Deep(double perHour, double hours)
    {
        if (perHour * SweepPlan.MaxLatency.TotalHours < FeedLimits.MaxPageSize - SweepPlan.Run)
            return 0;
        var sweeps = Math.Max(perHour / SweepPlan.DeepAfterEvents, 1 / SweepPlan.DeepAfter.TotalHours);
        return (FeedLimits.MaxPages - 1) * Math.Min(sweeps, 1 / hours);
    }
}
