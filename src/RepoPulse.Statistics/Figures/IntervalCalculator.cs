using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>
/// Computes a window's figures in full, in a buffer that it keeps. Intervals stay whole ticks until the last step, so nothing is lost on the way.
/// Not for several threads at once.
/// </summary>
internal sealed class IntervalCalculator
{
    private const double TicksPerSecond = TimeSpan.TicksPerSecond;

    private long[] _buffer = [];

    public SeriesFigures Compute(EventType type, SeriesWindow window)
    {
        var events = window.Events;
        if (events < 2)
            return new()
            {
                EventType = type,
                Events = events,
                Capped = window.Capped,
                FirstEventAt = events == 0 ? null : At(window.First),
                LastEventAt = events == 0 ? null : At(window.Last),
            };

        var span = window.Last - window.First;
        var intervals = Buffer(events - 1);
        window.CopyIntervals(intervals);
        var spread = Spread.Of(intervals, span);
        var p95 = Percentile(intervals, 0.95);
        var median = Percentile(intervals, 0.5);
        return new()
        {
            EventType = type,
            Events = events,
            Capped = window.Capped,
            FirstEventAt = At(window.First),
            LastEventAt = At(window.Last),
            MeanIntervalSeconds = span / (TicksPerSecond * intervals.Length),
            MedianIntervalSeconds = median / TicksPerSecond,
            P95IntervalSeconds = p95 / TicksPerSecond,
            MinIntervalSeconds = spread.Min / TicksPerSecond,
            MaxIntervalSeconds = spread.Max / TicksPerSecond,
            StdDevIntervalSeconds = spread.StandardDeviation / TicksPerSecond,
        };
    }

    /// <summary>Type 7: the rank runs from 0 to n − 1, and between two ranks the value runs straight.</summary>
    private static double Percentile(Span<long> values, double fraction)
    {
        var rank = fraction * (values.Length - 1);
        var below = (int)rank;
        Selection.Select(values, below);
        var value = values[below];
        if (below + 1 == values.Length)
            return value;

        // The next rank's value is the smallest of what comes after.
        var next = long.MaxValue;
        foreach (var later in values[(below + 1)..])
            next = Math.Min(next, later);
        return value + (rank - below) * (next - value);
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private Span<long> Buffer(int length)
    {
        if (_buffer.Length < length)
            _buffer = new long[Math.Max(length, _buffer.Length * 2)];
        return _buffer.AsSpan(0, length);
    }
}
