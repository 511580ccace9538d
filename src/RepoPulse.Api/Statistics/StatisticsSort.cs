using System.Diagnostics.CodeAnalysis;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Statistics;

/// <summary>The order of a list by one statistic of <c>total</c>.</summary>
internal sealed record StatisticsSort(string Name, bool Descending)
{
    /// <summary>Each statistic as a number that sorts as the statistic does.</summary>
    private static readonly IReadOnlyDictionary<string, Func<SeriesSnapshot, long?>> Values =
        new Dictionary<string, Func<SeriesSnapshot, long?>>(StringComparer.Ordinal)
        {
            ["events"] = total => total.Events,
            ["firstEventAt"] = total => total.FirstEventAt?.UtcTicks,
            ["lastEventAt"] = total => total.LastEventAt?.UtcTicks,
            ["meanIntervalSeconds"] = total => Ordered(total.MeanIntervalSeconds),
            ["medianIntervalSeconds"] = total => Ordered(total.MedianIntervalSeconds),
            ["p95IntervalSeconds"] = total => Ordered(total.P95IntervalSeconds),
            ["minIntervalSeconds"] = total => Ordered(total.MinIntervalSeconds),
            ["maxIntervalSeconds"] = total => Ordered(total.MaxIntervalSeconds),
            ["stdDevIntervalSeconds"] = total => Ordered(total.StdDevIntervalSeconds),
        };

    public static IEnumerable<string> Names => Values.Keys;

    public static string Allowed { get; } = $"one of {string.Join(", ", Names)}, with '-' before it for descending,";

    public static bool TryParse(string text, [NotNullWhen(true)] out StatisticsSort? sort)
    {
        var descending = text.StartsWith('-');
        var name = descending ? text[1..] : text;
        sort = Values.ContainsKey(name) ? new StatisticsSort(name, descending) : null;
        return sort is not null;
    }

    public SortKey KeyOf(RepositoryEntry entry) => new(Values[Name](entry.Total), entry.Key);

    /// <summary>Nulls last either way, then the statistic, then the id.</summary>
    public int Compare(SortKey left, SortKey right)
    {
        if (left.Value is null || right.Value is null)
            return left.Value is null && right.Value is null ? CompareTies(left.Name, right.Name) : left.Value is null ? 1 : -1;
        var byFigure = left.Value.Value.CompareTo(right.Value.Value);
        return byFigure == 0 ? CompareTies(left.Name, right.Name) : Descending ? -byFigure : byFigure;
    }

    public override string ToString() => Descending ? "-" + Name : Name;

    /// <summary>Repositories without an id come last, by name.</summary>
    private static int CompareTies(NameKey left, NameKey right)
    {
        var byId = left.IdRank.CompareTo(right.IdRank);
        return byId != 0 ? byId : left.Name.CompareTo(right.Name);
    }

    /// <summary>The bits of a double as a whole number sort as the double does, once negative ones are turned about.</summary>
    private static long? Ordered(double? value)
    {
        if (value is null)
            return null;
        var bits = BitConverter.DoubleToInt64Bits(value.Value + 0.0);
        return bits >= 0 ? bits : bits ^ long.MaxValue;
    }
}
