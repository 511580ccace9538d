namespace RepoPulse.Statistics;

/// <summary>
/// Series by when they next change: a binary heap in which each series knows its place, so that one whose moment moves is moved and nothing
/// stale is ever left behind.
/// </summary>
internal sealed class SeriesSchedule
{
    private readonly List<Series> _heap = [];

    /// <summary>The series that changes first; null where there is none.</summary>
    public Series? First => _heap.Count > 0 ? _heap[0] : null;

    /// <summary>Adds the series, or moves it where it is held.</summary>
    public void Set(Series series, long nextChange)
    {
        if (series.ScheduleIndex < 0)
        {
            series.ScheduleIndex = _heap.Count;
            _heap.Add(series);
        }

        series.NextChange = nextChange;
        Restore(series);
    }

    public void Remove(Series series)
    {
        var index = series.ScheduleIndex;
        if (index < 0)
            return;
        series.ScheduleIndex = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last == series)
            return;
        Put(index, last);
        Restore(last);
    }

    private void Restore(Series series)
    {
        var index = series.ScheduleIndex;
        while (index > 0 && _heap[(index - 1) / 2].NextChange > series.NextChange)
        {
            Put(index, _heap[(index - 1) / 2]);
            index = (index - 1) / 2;
        }

        for (var child = 2 * index + 1; child < _heap.Count; child = 2 * index + 1)
        {
            if (child + 1 < _heap.Count && _heap[child + 1].NextChange < _heap[child].NextChange)
                child++;
            if (_heap[child].NextChange >= series.NextChange)
                break;
            Put(index, _heap[child]);
            index = child;
        }

        Put(index, series);
    }

    private void Put(int index, Series series)
    {
        _heap[index] = series;
        series.ScheduleIndex = index;
    }
}
