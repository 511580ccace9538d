namespace RepoPulse.Statistics;

/// <summary>
/// Series by when they next change: a binary heap in which each series knows its place. A moment that moves away, as each new event of a
/// full window makes it, is only noted, and the series moved when it comes to the top; so the top costs the order of the heap's depth, and
/// most events cost it nothing. Nothing stale is ever left behind.
/// </summary>
internal sealed class SeriesSchedule
{
    // Due is the series' next change, or a moment before it.
    private readonly List<(long Due, Series Series)> _heap = [];

    /// <summary>The series that changes first; null where there is none.</summary>
    public Series? First()
    {
        while (_heap.Count > 0)
        {
            var (due, series) = _heap[0];
            if (due == series.NextChange)
                return series;
            MoveDown(0, (series.NextChange, series));
        }

        return null;
    }

    /// <summary>Adds the series, or notes when it now changes next.</summary>
    public void Set(Series series, long nextChange)
    {
        series.NextChange = nextChange;
        if (series.ScheduleIndex < 0)
        {
            _heap.Add((nextChange, series));
            MoveUp(_heap.Count - 1, (nextChange, series));
        }
        else if (nextChange < _heap[series.ScheduleIndex].Due)
        {
            MoveUp(series.ScheduleIndex, (nextChange, series));
        }
    }

    public void Remove(Series series)
    {
        var index = series.ScheduleIndex;
        if (index < 0)
            return;
        series.ScheduleIndex = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (index == _heap.Count)
            return;
        // The last may belong above or below the place that became free.
        MoveUp(index, last);
        MoveDown(last.Series.ScheduleIndex, last);
    }

    private void MoveUp(int index, (long Due, Series Series) item)
    {
        for (var parent = (index - 1) / 2; index > 0 && _heap[parent].Due > item.Due; parent = (index - 1) / 2)
        {
            Put(index, _heap[parent]);
            index = parent;
        }

        Put(index, item);
    }

    private void MoveDown(int index, (long Due, Series Series) item)
    {
        for (var child = 2 * index + 1; child < _heap.Count; child = 2 * index + 1)
        {
            if (child + 1 < _heap.Count && _heap[child + 1].Due < _heap[child].Due)
                child++;
            if (_heap[child].Due >= item.Due)
                break;
            Put(index, _heap[child]);
            index = child;
        }

        Put(index, item);
    }

    private void Put(int index, (long Due, Series Series) item)
    {
        _heap[index] = item;
        item.Series.ScheduleIndex = index;
    }
}
