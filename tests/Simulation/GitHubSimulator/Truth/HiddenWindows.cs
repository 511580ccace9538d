using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Truth;

/// <summary>When a repository's feed was not to be read at all.</summary>
internal static class HiddenWindows
{
    /// <summary>In order, without overlap.</summary>
    public static List<TimeWindow> Of(
        GitHubWorld world, SimulatedRepository repository, string? login, DateTimeOffset from, DateTimeOffset until)
    {
        var windows = Unavailable(repository, until)
            .Concat(world.Weather?.Feeds.HiddenBetween(repository, login, from, until) ?? [])
            .OrderBy(window => window.From);
        List<TimeWindow> merged = [];
        foreach (var window in windows)
        {
            if (merged is [.., var last] && window.From <= last.Until)
                merged[^1] = last with { Until = window.Until > last.Until ? window.Until : last.Until };
            else
                merged.Add(window);
        }

        return merged;
    }

    /// <summary>What is left of a window.</summary>
    /// <param name="hidden">In order, without overlap.</param>
    public static IEnumerable<TimeWindow> Subtract(TimeWindow window, List<TimeWindow> hidden)
    {
        var from = window.From;
        foreach (var gap in hidden)
        {
            if (gap.Until <= from || gap.From >= window.Until)
                continue;
            if (gap.From > from)
                yield return new TimeWindow(from, gap.From);
            from = gap.Until;
        }

        if (from < window.Until)
            yield return new TimeWindow(from, window.Until);
    }

    private static IEnumerable<TimeWindow> Unavailable(SimulatedRepository repository, DateTimeOffset until)
    {
        DateTimeOffset? since = null;
        foreach (var change in repository.Availabilities)
        {
            if (change.Availability != Availability.Available)
            {
                since ??= change.From;
            }
            else if (since is { } start)
            {
                yield return new TimeWindow(start, change.From);
                since = null;
            }
        }

        if (since < until)
            yield return new TimeWindow(since.Value, until);
    }
}
