using System.Runtime.InteropServices;

namespace RepoPulse.Collector.Polling;

/// <summary>Finds how much an account's polls must be stretched for its limits to suffice. Pure.</summary>
internal static class StretchSolver
{
    private const double MaxEase = 10_000;
    private const double MaxOverload = 10_000;

    /// <summary>The least stretch under which the feeds cost no more than is allowed.</summary>
    /// <param name="floor">The least time between two polls.</param>
    public static Stretch Solve(List<FeedPace> feeds, TimeSpan floor, bool isAnonymous, RequestAllowance allowed)
    {
        if (Fits(new Stretch(1, 1)))
            return Stretch.None;
        return Fits(new Stretch(MaxEase, 1))
            ? new Stretch(Least(1, MaxEase, ease => Fits(new Stretch(ease, 1))), 1)
            : new Stretch(MaxEase, Least(1, MaxOverload, overload => Fits(new Stretch(MaxEase, overload))));

        bool Fits(Stretch stretch)
        {
            var (paid, sent) = (0.0, 0.0);
            foreach (ref readonly var feed in CollectionsMarshal.AsSpan(feeds))
            {
                var interval = PollSchedule.Interval(feed, floor, stretch);
                paid += PollCost.Paid(feed, interval, isAnonymous);
                sent += PollCost.Sent(feed, interval);
                if (paid > allowed.Paid || sent > allowed.Sent)
                    return false;
            }

            return true;
        }
    }

    /// <summary>By halving on a logarithmic scale, to within a hundredth.</summary>
    private static double Least(double low, double high, Predicate<double> fits)
    {
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
