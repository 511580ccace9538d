using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>The series of one repository.</summary>
internal sealed class RepositorySeries
{
    private readonly List<Series> _byType = [];

    public RepositorySeries(RepositoryId id, SeriesWindow totalWindow)
    {
        Id = id;
        Total = new Series(this, EventType.All, totalWindow);
    }

    public RepositoryId Id { get; }

    public Series Total { get; }

    /// <summary>Those of a type, by name in ordinal order.</summary>
    public IReadOnlyList<Series> ByType => _byType;

    /// <summary>Whether its figures, or the time until which they hold, changed since they were last taken.</summary>
    public bool Changed { get; set; }

    /// <summary>Whether its figures were ever taken.</summary>
    public bool Taken { get; set; }

    public bool IsEmpty => Total.Window.IsEmpty && _byType.Count == 0;

    /// <summary>The index of a type's series, or the complement of the index where it belongs.</summary>
    public int Find(EventType type)
    {
        var low = 0;
        var high = _byType.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_byType[middle].Type.Name, type.Name);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    public void Insert(int index, Series series) => _byType.Insert(index, series);

    public void Remove(Series series) => _byType.RemoveAt(Find(series.Type));
}
