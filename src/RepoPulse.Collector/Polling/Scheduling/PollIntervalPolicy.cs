using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// When to poll a feed again: about when its next event is due, and so long before 300 of them can push one out, within the configured
/// bounds, and never sooner than GitHub asks. An idle feed drifts to the maximum. Pure: time and chance are given.
/// </summary>
internal sealed class PollIntervalPolicy(CollectorOptions options)
{
    /// <summary>How many of the newest events give a feed's present pace.</summary>
    private const int PaceEvents = 20;

    /// <summary>
    /// Of the events that a feed holds, those that it may be expected to gain between two polls: an eighth, so that a burst of six times
    /// the rate does not overflow it, with room for chance.
    /// </summary>
    private const double SafeShare = 1.0 / 8;

    /// <summary>Feeds whose response is 404 or 403 may come back, but need not be asked often.</summary>
    private static readonly TimeSpan MaxRetryInterval = TimeSpan.FromHours(24);

    /// <summary>No feed is polled more rarely, whatever the limits.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The longest interval, with the jitter that is added to it.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1.1);

    /// <summary>Where a feed has shown so few events that it cannot be said to have a rate.</summary>
    private static readonly TimeSpan Unbounded = TimeSpan.FromDays(7);

    /// <summary>Over so many of the newest events rates are taken, the highest of which counts: a burst shows in few of them.</summary>
    private static readonly int[] RateEvents = [10, 30, 100, FeedLimits.MaxEvents - 1];

    /// <summary>The least time between two polls of a feed.</summary>
    public TimeSpan Floor => options.MinPollInterval;

    /// <summary>A pace from events, in any order.</summary>
    public FeedPace Pace(DateTimeOffset now, IReadOnlyList<EventKey> events)
    {
        var newestFirst = new long[events.Count];
        for (var i = 0; i < newestFirst.Length; i++)
            newestFirst[i] = -Math.Min(events[i].CreatedAt.UtcTicks, now.UtcTicks);
        Array.Sort(newestFirst);
        var highest = 0.0;
        foreach (var count in RateEvents)
        {
            if (count <= newestFirst.Length)
                highest = Math.Max(highest, Rate(now, newestFirst, count));
        }

        return new FeedPace(Clamp(Spacing(now, newestFirst)), Safe(highest), Rate(now, newestFirst, newestFirst.Length));
    }

    /// <summary>A pace from a rate alone.</summary>
    public FeedPace Pace(double eventsPerHour)
        => new(
            eventsPerHour <= 0 ? options.MaxPollInterval : Clamp(Min(Unbounded, TimeSpan.FromHours(1 / Math.Max(eventsPerHour, 1e-6)))),
            Safe(eventsPerHour),
            eventsPerHour);

    /// <param name="requested">The interval that GitHub asks for.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public DateTimeOffset Next(DateTimeOffset now, FeedPace pace, TimeSpan? requested, SlowdownFactor stretch, double jitter)
    {
        var interval = Max(Interval(pace, Max(options.MinPollInterval, requested ?? TimeSpan.Zero), stretch), TimeSpan.Zero);

        // Never below the interval: GitHub counts it from poll to poll.
        return now + interval * (1 + 0.1 * jitter);
    }

    /// <summary>The time between two polls.</summary>
    /// <param name="floor">The least that is allowed.</param>
    public static TimeSpan Interval(FeedPace pace, TimeSpan floor, SlowdownFactor stretch)
    {
        var eased = pace.Wanted * Math.Min(stretch.Ease, Longest / pace.Wanted);
        var saving = pace.EventsPerHour * stretch.Thrift > 2
            ? Math.Min(Longest.TotalHours, Math.Sqrt(stretch.Thrift / pace.EventsPerHour))
            : 0;
        var safe = Max(floor, Min(Max(eased, TimeSpan.FromHours(saving)), pace.Safe));
        return Max(floor, Min(Longest, safe * Math.Min(stretch.Overload, Longest / safe)));
    }

    /// <summary>After polls that failed: doubling from the least interval to the largest.</summary>
    public DateTimeOffset AfterFailure(DateTimeOffset now, int failures, double jitter)
        => now + Min(options.MaxPollInterval, options.MinPollInterval * Math.Pow(2, Math.Clamp(failures - 1, 0, 20))) * (1 + 0.1 * jitter);

    /// <summary>For a repository that is not there, or not to be read: doubling from the largest interval to a day.</summary>
    public DateTimeOffset AfterRefusal(DateTimeOffset now, int failures, double jitter)
        => now + Min(MaxRetryInterval, options.MaxPollInterval * Math.Pow(2, Math.Clamp(failures - 1, 0, 20))) * (1 + 0.1 * jitter);

    /// <summary>
    /// How long to wait for a poll that was planned, maybe by another process and another clock: never longer than was planned when the
    /// feed was polled, nor than any plan may be. Where it was polled in the future, nobody knows how long ago that is: it waits for the
    /// least interval.
    /// </summary>
    /// <param name="plannedAt">When the feed was polled, by the clock that planned; null where that is not known.</param>
    public TimeSpan Remaining(DateTimeOffset next, DateTimeOffset? plannedAt, DateTimeOffset now)
    {
        var planned = plannedAt is { } at && next > at ? Min(next - at, plannedAt > now ? Floor : MaxWait) : MaxWait;
        return Max(TimeSpan.Zero, Min(next - now, planned));
    }

    /// <summary>
    /// When to poll a feed that a limit kept from being polled until now: those first that may overflow first, and all of them spread over
    /// their own intervals, so that the next limit is not spent at once.
    /// </summary>
    public DateTimeOffset AfterLimit(DateTimeOffset until, FeedPace pace, SlowdownFactor stretch, double jitter)
        => until + TimeSpan.FromSeconds(1) + Min(Interval(pace, options.MinPollInterval, stretch), pace.Safe / 2) * jitter;

    private static TimeSpan Safe(double eventsPerHour)
        => eventsPerHour <= 0
            ? Unbounded
            : TimeSpan.FromHours(Math.Min(Unbounded.TotalHours, FeedLimits.MaxEvents * SafeShare / eventsPerHour));

    private static double Rate(DateTimeOffset now, long[] newestFirst, int count)
        => count == 0 ? 0 : count / Math.Max(TimeSpan.FromTicks(now.UtcTicks + newestFirst[count - 1]).TotalHours, 1.0 / 3600);

    /// <summary>The mean interval of the newest events, or half of the silence since, whichever is longer.</summary>
    private TimeSpan Spacing(DateTimeOffset now, long[] newestFirst)
    {
        if (newestFirst.Length == 0)
            return options.MaxPollInterval;
        var silence = TimeSpan.FromTicks(now.UtcTicks + newestFirst[0]) / 2;
        var last = Math.Min(PaceEvents, newestFirst.Length) - 1;
        return last == 0
            ? Max(silence, options.MaxPollInterval)
            : Max(silence, TimeSpan.FromTicks(newestFirst[last] - newestFirst[0]) / last);
    }

    private TimeSpan Clamp(TimeSpan interval) => Max(options.MinPollInterval, Min(options.MaxPollInterval, interval));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>What a feed's events so far say of how often it is to be read.</summary>
/// <param name="Wanted">The interval at which each new event is seen about when it comes, within the configured bounds.</param>
/// <param name="Safe">The longest after which the feed cannot have overflowed, should a burst begin right now.</param>
/// <param name="EventsPerHour">The mean rate: what polling it costs follows this one.</param>
internal readonly record struct FeedPace(TimeSpan Wanted, TimeSpan Safe, double EventsPerHour);
