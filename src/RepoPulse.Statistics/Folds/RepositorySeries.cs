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

    /// <summary>Whether its statistics, or the time until which they hold, changed since they were last taken.</summary>
    public bool Changed { get; set; }

    /// <summary>Whether its statistics were ever taken.</summary>
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

/// <summary>The events of one type in one repository, or all its events.</summary>
internal sealed class Series(RepositorySeries repository, EventType type, SeriesWindow window)
{
    public RepositorySeries Repository => repository;

    public EventType Type => type;

    public SeriesWindow Window => window;

    /// <summary>The window's statistics; null where they are to be computed again.</summary>
    public SeriesSnapshot? Snapshot { get; set; }

    /// <summary>Whether it is among the series that have an event in their window.</summary>
    public bool Counted { get; set; }

    /// <summary>When the window next changes by time alone. Written by the <see cref="SeriesSchedule"/>, which orders by it.</summary>
    public long NextChange { get; set; } = SeriesWindow.Never;

    /// <summary>The place in the <see cref="SeriesSchedule"/>, and its own affair; -1 for none.</summary>
    public int ScheduleIndex { get; set; } = -1;
}
