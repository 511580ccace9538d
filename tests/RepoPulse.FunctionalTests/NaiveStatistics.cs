using System.Text.Json;

namespace RepoPulse.FunctionalTests;

/// <summary>
/// The contract's definitions, computed the plain way: over all events at once, sorted and cut with LINQ, and formulas as a textbook has
/// them. Written apart from the product, to hold it against.
/// </summary>
internal static class NaiveStatistics
{
    /// <summary>Compares a document of the API with events, which may be repeated and in any order.</summary>
    public static void AssertEqual(
        JsonElement document,
        IEnumerable<(string Id, string Type, DateTimeOffset At)> events,
        DateTimeOffset now,
        TimeSpan duration,
        int maxEvents)
    {
        var distinct = events.Distinct().Where(e => e.At <= now && e.At >= now - duration).ToArray();
        AssertSeries(document.GetProperty("total"), [.. distinct.Select(e => e.At)], maxEvents);
        var byType = distinct.GroupBy(e => e.Type, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        var series = document.GetProperty("byEventType").EnumerateArray().ToArray();
        Assert.Equal(byType.Select(group => group.Key), series.Select(one => one.GetProperty("eventType").GetString()));
        foreach (var (expected, actual) in byType.Zip(series))
            AssertSeries(actual, [.. expected.Select(e => e.At)], maxEvents);
    }

    private static void AssertSeries(JsonElement series, DateTimeOffset[] times, int maxEvents)
    {
        var window = times.OrderDescending().Take(maxEvents).Reverse().ToArray();
        Assert.Equal(window.Length, series.GetProperty("events").GetInt32());
        Assert.Equal(times.Length > maxEvents, series.GetProperty("limitedBy").GetString() == "events");
        AssertTime(window.Length == 0 ? null : window[0], series.GetProperty("firstEventAt"));
        AssertTime(window.Length == 0 ? null : window[^1], series.GetProperty("lastEventAt"));

        var intervals = window.Skip(1).Select((at, i) => (at - window[i]).TotalSeconds).ToArray();
        var sorted = intervals.Order().ToArray();
        AssertFigure(
            intervals.Length == 0 ? null : (window[^1] - window[0]).TotalSeconds / intervals.Length, series, "meanIntervalSeconds");
        AssertFigure(Percentile(sorted, 0.5), series, "medianIntervalSeconds");
        AssertFigure(Percentile(sorted, 0.95), series, "p95IntervalSeconds");
        AssertFigure(intervals.Length == 0 ? null : intervals.Min(), series, "minIntervalSeconds");
        AssertFigure(intervals.Length == 0 ? null : intervals.Max(), series, "maxIntervalSeconds");
        AssertFigure(intervals.Length < 2 ? null : StandardDeviation(intervals), series, "stdDevIntervalSeconds");
    }

    private static double? Percentile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return null;
        var rank = share * (sorted.Length - 1);
        var below = (int)Math.Floor(rank);
        var above = (int)Math.Ceiling(rank);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static void AssertTime(DateTimeOffset? expected, JsonElement actual)
        => Assert.Equal(expected, actual.ValueKind == JsonValueKind.Null ? null : actual.GetDateTimeOffset());

    private static void AssertFigure(double? expected, JsonElement series, string name)
    {
        var property = series.GetProperty(name);
        double? actual = property.ValueKind == JsonValueKind.Null ? null : property.GetDouble();
        var close = expected == actual
            || (expected is { } e && actual is { } a && Math.Abs(e - a) <= 1e-9 * Math.Max(Math.Abs(e), Math.Abs(a)));
        Assert.True(close, $"{name} of {series.GetProperty("eventType")}: {expected} expected, {actual} found");
    }
}
