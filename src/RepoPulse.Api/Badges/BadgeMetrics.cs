namespace RepoPulse.Api.Badges;

/// <summary>The statistics by the names that clients use for them.</summary>
internal static class BadgeMetrics
{
    public const BadgeMetric Default = BadgeMetric.MeanInterval;

    private static readonly Dictionary<string, BadgeMetric> ByName = new(StringComparer.Ordinal)
    {
        ["meanInterval"] = BadgeMetric.MeanInterval,
        ["median"] = BadgeMetric.Median,
        ["events"] = BadgeMetric.Events,
        ["lastEvent"] = BadgeMetric.LastEvent,
    };

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    public static string Allowed { get; } = $"one of {string.Join(", ", ByName.Keys)}";

    public static bool TryParse(string text, out BadgeMetric metric) => ByName.TryGetValue(text, out metric);
}

/// <summary>Which statistic of a series a badge shows.</summary>
internal enum BadgeMetric
{
    MeanInterval,
    Median,
    Events,
    LastEvent,
}
