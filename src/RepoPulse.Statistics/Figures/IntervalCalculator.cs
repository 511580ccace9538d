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
        intervals.Sort();
        return new()
        {
            EventType = type,
            Events = events,
            Capped = window.Capped,
            FirstEventAt = At(window.First),
            LastEventAt = At(window.Last),
            MeanIntervalSeconds = span / (TicksPerSecond * intervals.Length),
            MedianIntervalSeconds = Percentile(intervals, 0.5),
            P95IntervalSeconds = Percentile(intervals, 0.95),
            MinIntervalSeconds = intervals[0] / TicksPerSecond,
            MaxIntervalSeconds = intervals[^1] / TicksPerSecond,
            StdDevIntervalSeconds = intervals.Length < 2 ? null : StandardDeviation(intervals, span),
        };
    }

    /// <summary>Type 7: the rank runs from 0 to n − 1, and between two ranks the value runs straight.</summary>
    private static double Percentile(ReadOnlySpan<long> sorted, double fraction)
    {
        var rank = fraction * (sorted.Length - 1);
        var below = (int)rank;
        var value = (double)sorted[below];
        if (below + 1 < sorted.Length)
            value += (rank - below) * (sorted[below + 1] - sorted[below]);
        return value / TicksPerSecond;
    }

    /// <summary>In two passes; the deviations' own sum, which is 0 but for the rounding of the mean, is taken off again.</summary>
    private static double StandardDeviation(ReadOnlySpan<long> intervals, long sum)
    {
        var mean = (double)sum / intervals.Length;
        double squares = 0;
        double remainder = 0;
        foreach (var interval in intervals)
        {
            var deviation = interval - mean;
            squares += deviation * deviation;
            remainder += deviation;
        }

        var variance = (squares - remainder * remainder / intervals.Length) / (intervals.Length - 1);
        return Math.Sqrt(Math.Max(0, variance)) / TicksPerSecond;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private Span<long> Buffer(int length)
    {
        if (_buffer.Length < length)
            _buffer = new long[Math.Max(length, _buffer.Length * 2)];
        return _buffer.AsSpan(0, length);
    }
}
