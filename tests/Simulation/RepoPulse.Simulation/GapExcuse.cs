using GitHubSimulator.World;

namespace RepoPulse.Simulation;

/// <summary>
/// Whether a gap could not be helped: nothing ran, GitHub refused or failed to respond, or more events entered than a feed holds within the
/// time for which GitHub asks between two polls.
/// </summary>
internal static class GapExcuse
{
    private const int FeedLength = 300;

    /// <summary>A minute, a tenth of jitter, and the time that the requests take.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(66 + 20);

    /// <summary>By so much X-Poll-Interval rises at most.</summary>
    private static readonly TimeSpan MostAskedFor = TimeSpan.FromMinutes(4.5);

    public static bool IsThere(
        GitHubWorld world,
        Scenario scenario,
        DeclaredGap gap,
        SimulatedEvent[] entered,
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses)
    {
        if (pauses.Any(pause => pause.From < gap.Until && pause.To > gap.After))
            return true;
        if (world.Requests.Recent.Any(request => request.At >= gap.After && request.At <= gap.Until && request.Status is 0 or >= 400))
            return true;
        return Overflows(entered, scenario.Weather.LoadSpacing > TimeSpan.Zero ? LeastInterval + MostAskedFor : LeastInterval);
    }

    /// <summary>Whether so many entered within the least time between polls that those before were pushed out.</summary>
    private static bool Overflows(SimulatedEvent[] entered, TimeSpan interval)
    {
        var times = entered.Select(e => e.VisibleAt).Order().ToArray();
        for (var i = FeedLength - 20; i < times.Length; i++)
        {
            if (times[i] - times[i - (FeedLength - 20)] <= interval)
                return true;
        }

        return false;
    }
}
