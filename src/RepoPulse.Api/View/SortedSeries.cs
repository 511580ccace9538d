using System.Collections.Concurrent;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api.View;

/// <summary>The orders by a statistic that were asked for, each kept while the view stays as it was.</summary>
internal sealed class SortedSeries(StatisticsView view) : IDisposable
{
    private readonly ConcurrentDictionary<StatisticsSort, Made> _orders = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Every shown repository as it was at one moment, at or after the call, in the order of that moment.</summary>
    public async ValueTask<IReadOnlyList<RepositoryEntry>> GetAsync(StatisticsSort sort, CancellationToken cancellationToken)
    {
        var asked = view.Version;
        if (Find(sort, asked) is { } known)
            return known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Of those who waited the first makes the order, and the others find it, though the view may have changed since.
            return Find(sort, asked) ?? await Task.Factory.StartNew(
                () => Make(sort), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    public static RepositoryEntry[] Sort(IEnumerable<RepositoryEntry> entries, StatisticsSort sort) =>
        [.. entries.Select(entry => (Key: sort.KeyOf(entry), Entry: entry))
            .Order(Comparer<(SortKey Key, RepositoryEntry Entry)>.Create((left, right) => sort.Compare(left.Key, right.Key)))
            .Select(row => row.Entry)];

    private RepositoryEntry[]? Find(StatisticsSort sort, long asked) =>
        _orders.TryGetValue(sort, out var made) && made.Version >= asked ? made.Entries : null;

    /// <summary>On a thread of its own, one at a time: 100,000 repositories take a tenth of a second.</summary>
    private RepositoryEntry[] Make(StatisticsSort sort)
    {
        // The version first: what changes while we sort makes this order one of the past, never one that passes for newer than it is.
        var version = view.Version;
        var entries = Sort(view.Directory.Order.Select(cell => cell.Entry), sort);
        _orders[sort] = new Made(version, entries);
        return entries;
    }

    private sealed record Made(long Version, RepositoryEntry[] Entries);
}

/// <summary>A repository's place in a list that is sorted by a statistic.</summary>
/// <param name="Value">A number that sorts as the statistic does; null where there is none.</param>
internal readonly record struct SortKey(long? Value, NameKey Name);
