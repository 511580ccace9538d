using System.Runtime.InteropServices;

namespace RepoPulse.Collector.Polling;

/// <summary>Finds how much an account's polls must be slowed down for its limits to suffice. Pure.</summary>
internal static class SlowdownSolver
{
    private const double MaxThrift = 1e6;
    private const double MaxEase = 100;
    private const double MaxOverload = 1_000;

    /// <summary>
    /// The least interval under which the feeds cost no more than is allowed: first all are eased until the number of requests is right,
    /// then busy ones are made to wait for several events, then what is safe is exceeded.
    /// </summary>
    /// <param name="floor">The least time between two polls.</param>
    public static SlowdownFactor Solve(List<FeedPace> feeds, TimeSpan floor, bool isAnonymous, RequestAllowance allowed)
    {
        var ease = Least(1, MaxEase, ease => Fits(new SlowdownFactor(0, ease, 1), paidToo: isAnonymous));
        // Without a token every request is paid: nothing is saved by waiting for several events but the requests that ease saves as well.
        var thrift = isAnonymous || Fits(new SlowdownFactor(0, ease, 1), paidToo: true) ? 0 : Least(
            1e-3, MaxThrift, thrift => Fits(new SlowdownFactor(thrift, ease, 1), paidToo: true));
        return new SlowdownFactor(
            thrift, ease, Least(1, MaxOverload, overload => Fits(new SlowdownFactor(thrift, ease, overload), paidToo: true)));

        bool Fits(SlowdownFactor stretch, bool paidToo)
        {
            var (paid, sent) = (0.0, 0.0);
            foreach (ref readonly var feed in CollectionsMarshal.AsSpan(feeds))
            {
                var interval = PollIntervalPolicy.Interval(feed, floor, stretch);
                paid += paidToo ? PollCost.Paid(feed, interval, isAnonymous) : 0;
                sent += PollCost.Sent(feed, interval);
                if (paid > allowed.Paid || sent > allowed.Sent)
                    return false;
            }

            return true;
        }
    }

    /// <summary>By halving on a logarithmic scale, to within a hundredth; the highest where none fits.</summary>
    private static double Least(double low, double high, Predicate<double> fits)
    {
        if (fits(low))
            return low;
        while (high / low > 1.01)
        {
            var middle = Math.Sqrt(low * high);
            if (fits(middle))
                high = middle;
            else
                low = middle;
        }

        return high;
    }
}

/// <summary>How an account's feeds are polled more rarely than wanted, so that its limits suffice for all of them.</summary>
/// <param name="Thrift">
/// From 0, in events times hours: a feed of λ events an hour is polled every √(Thrift/λ) hours at most, where that lets several events come
/// at once. Of all ways to save so many requests this is the one in which events come least late in all: see docs/decisions/0007-sweeps.md.
/// </param>
/// <param name="Ease">From 1: what every wanted interval is multiplied with, those of idle feeds too, where the number of requests is the
/// limit.</param>
/// <param name="Overload">From 1: what every interval is multiplied with even beyond what is safe. Above 1 feeds may overflow, and gaps be
/// declared.</param>
internal readonly record struct SlowdownFactor(double Thrift, double Ease, double Overload)
{
    public static SlowdownFactor None { get; } = new(0, 1, 1);

    public bool IsNone => this == None;
}

/// <summary>What an account may ask.</summary>
/// <param name="Paid">Requests an hour that may count against the primary limit.</param>
/// <param name="Sent">Requests an hour in all, those that are free included.</param>
internal readonly record struct RequestAllowance(double Paid, double Sent);
