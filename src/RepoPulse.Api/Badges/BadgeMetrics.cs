namespace RepoPulse.Api.Badges;

/// <summary>The figures by the names that they are asked for by.</summary>
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
