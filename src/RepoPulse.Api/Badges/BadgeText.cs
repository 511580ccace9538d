using System.Globalization;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Badges;

/// <summary>Puts a statistic of a repository into the words of a badge.</summary>
internal static class BadgeText
{
    /// <param name="type"><see cref="EventType.All"/> for all events together.</param>
    /// <param name="window">How far back the statistics reach.</param>
    public static Badge Create(RepositoryEntry entry, EventType type, BadgeMetric metric, TimeSpan window, DateTimeOffset now)
    {
        var noun = EventNoun.Of(type);
        var series = type == EventType.All ? entry.Total : entry.Snapshot?.ByEventType.FirstOrDefault(series => series.EventType == type);
        return metric switch
        {
            BadgeMetric.Median => new($"median between {noun.Many}", Interval(series?.MedianIntervalSeconds)),
            BadgeMetric.Events => new($"{noun.Many} in {Window(window)}", Count(series)),
            BadgeMetric.LastEvent => new($"last {noun.One}", Ago(LastEventAt(entry, type, series), now)),
            _ => new($"{noun.Many} every", Interval(series?.MeanIntervalSeconds)),
        };
    }

    /// <summary>Of all events the newest is known even where the window does not reach back to it.</summary>
    private static DateTimeOffset? LastEventAt(RepositoryEntry entry, EventType type, SeriesSnapshot? series) =>
        series?.LastEventAt ?? (type == EventType.All ? entry.Repository.LastEventAt : null);

    private static string? Interval(double? seconds) => seconds is null ? null : HumanDuration.Show(seconds);

    /// <summary>Where the cap left older events of the window out, there were more than are counted.</summary>
    private static string Count(SeriesSnapshot? series) =>
        (series?.Events ?? 0).ToString(CultureInfo.InvariantCulture) + (series is { Capped: true } ? "+" : "");

    private static string Window(TimeSpan window) => window.Ticks % TimeSpan.TicksPerDay == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{window.Days} {(window.Days == 1 ? "day" : "days")}")
        : HumanDuration.Show(window.TotalSeconds);

    /// <summary>In whole minutes: a badge is looked at for longer than a second.</summary>
    private static string? Ago(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } at)
            return null;
        var minutes = Math.Floor((now - at).TotalMinutes);
        return minutes < 1 ? "just now" : $"{HumanDuration.Show(minutes * 60)} ago";
    }
}

/// <summary>What a badge says: on the left what it is about, on the right how that stands.</summary>
/// <param name="Message">Null where the statistic is not known.</param>
internal sealed record Badge(string Label, string? Message)
{
    public const string Unknown = "unknown";

    public bool IsKnown => Message is not null;

    public string Text => Message ?? Unknown;
}
