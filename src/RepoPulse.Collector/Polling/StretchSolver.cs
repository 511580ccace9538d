using System.Runtime.InteropServices;

namespace RepoPulse.Collector.Polling;

/// <summary>Finds how much an account's polls must be stretched for its limits to suffice. Pure.</summary>
internal static class StretchSolver
{
    private const double MaxThrift = 1e6;
    private const double MaxEase = 100;
    private const double MaxOverload = 1_000;

    /// <summary>
    /// The least stretch under which the feeds cost no more than is allowed: first all are eased until the number of requests is right, then busy ones
    /// are made to wait for several events, then what is safe is exceeded.
    /// </summary>
    /// <param name="floor">The least time between two polls.</param>
    public static Stretch Solve(List<FeedPace> feeds, TimeSpan floor, bool isAnonymous, RequestAllowance allowed)
    {
        var ease = Least(1, MaxEase, ease => Fits(new Stretch(0, ease, 1), paidToo: isAnonymous));
        // Without a token every request is paid: nothing is saved by waiting for several events but the requests that ease saves as well.
        var thrift = isAnonymous || Fits(new Stretch(0, ease, 1), paidToo: true) ? 0 : Least(1e-3, MaxThrift, thrift => Fits(new Stretch(thrift, ease, 1), paidToo: true));
        return new Stretch(thrift, ease, Least(1, MaxOverload, overload => Fits(new Stretch(thrift, ease, overload), paidToo: true)));

        bool Fits(Stretch stretch, bool paidToo)
        {
            var (paid, sent) = (0.0, 0.0);
            foreach (ref readonly var feed in CollectionsMarshal.AsSpan(feeds))
            {
                var interval = PollSchedule.Interval(feed, floor, stretch);
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
