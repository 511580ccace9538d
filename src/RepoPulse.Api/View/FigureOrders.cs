using System.Collections.Concurrent;
using RepoPulse.Api.Queries;

namespace RepoPulse.Api.View;

/// <summary>The orders by a figure that were asked for, each kept while the view stays as it was.</summary>
internal sealed class FigureOrders(StatisticsView view)
{
    private readonly ConcurrentDictionary<FigureSort, Made> _orders = [];

    /// <summary>Every shown repository as it was at one moment, in the order of that moment.</summary>
    public IReadOnlyList<RepositoryEntry> Get(FigureSort sort)
    {
        // The version first: what changes while we sort makes this order one of the past, never one that passes for newer than it is.
        var version = view.Version;
        if (_orders.TryGetValue(sort, out var made) && made.Version == version)
            return made.Entries;
        var entries = Sort(view.Directory.Order.Select(cell => cell.Entry), sort);
        _orders[sort] = new Made(version, entries);
        return entries;
    }

    public static RepositoryEntry[] Sort(IEnumerable<RepositoryEntry> entries, FigureSort sort) =>
        [.. entries.Select(entry => (Key: sort.KeyOf(entry), Entry: entry))
            .Order(Comparer<(FigureKey Key, RepositoryEntry Entry)>.Create((left, right) => sort.Compare(left.Key, right.Key)))
            .Select(row => row.Entry)];

    private sealed record Made(long Version, RepositoryEntry[] Entries);
}
