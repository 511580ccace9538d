
namespace RepoPulse.Collector.Polling;

/// <summary>
/// When to poll a feed again: about when its next event is due, and so long before 300 of them can push one out, within the configured bounds, and
/// never sooner than GitHub asks. An idle feed drifts to the maximum. Pure: time and chance are given.
/// </summary>
internal sealed class PollSchedule(CollectorOptions options)
{
    /// <summary>How many of the newest events tell a feed's present pace.</summary>
    private const int PaceEvents = 20;

    /// <summary>Feeds that answer 404 or 403 may come back, but need not be asked often.</summary>
    private static readonly TimeSpan MaxRetryInterval = TimeSpan.FromHours(24);

    /// <param name="newestFirst">The times of the events that the feed showed last, newest first.</param>
    /// <param name="requested">The interval that GitHub asks for.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public DateTimeOffset Next(DateTimeOffset now, IReadOnlyList<DateTimeOffset> newestFirst, TimeSpan? requested, double jitter)
    {
        var interval = Clamp(Pace(now, newestFirst));
        interval = Max(interval, requested ?? TimeSpan.Zero);

        // Never below the interval: GitHub counts it from poll to poll.
        return now + interval * (1 + 0.1 * jitter);
    }

    /// <summary>After polls that failed: doubling from the least interval to the largest.</summary>
    public DateTimeOffset AfterFailure(DateTimeOffset now, int failures, double jitter)
        => now + Min(options.MaxPollInterval, options.MinPollInterval * Math.Pow(2, Math.Clamp(failures - 1, 0, 20))) * (1 + 0.1 * jitter);

    /// <summary>For a repository that is not there, or not to be read: doubling from the largest interval to a day.</summary>
    public DateTimeOffset AfterRefusal(DateTimeOffset now, int failures, double jitter)
        => now + Min(MaxRetryInterval, options.MaxPollInterval * Math.Pow(2, Math.Clamp(failures - 1, 0, 20))) * (1 + 0.1 * jitter);

    /// <summary>The mean interval of the newest events, or half of the silence since, whichever is longer.</summary>
    private TimeSpan Pace(DateTimeOffset now, IReadOnlyList<DateTimeOffset> newestFirst)
    {
        if (newestFirst.Count == 0)
            return options.MaxPollInterval;
        var silence = Max(TimeSpan.Zero, now - newestFirst[0]) / 2;
        var last = Math.Min(PaceEvents, newestFirst.Count) - 1;
        return last == 0 ? Max(silence, options.MaxPollInterval) : Max(silence, (newestFirst[0] - newestFirst[last]) / last);
    }

    private TimeSpan Clamp(TimeSpan interval) => Max(options.MinPollInterval, Min(options.MaxPollInterval, interval));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
