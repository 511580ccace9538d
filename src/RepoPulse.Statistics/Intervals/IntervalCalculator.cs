namespace RepoPulse.Statistics;

/// <summary>
/// Computes a window's statistics in full, in a buffer that it keeps. Intervals stay whole ticks until the last step, so nothing is lost on
/// the way. Not for several threads at once.
/// </summary>
internal sealed class IntervalCalculator
{
    private const double TicksPerSecond = TimeSpan.TicksPerSecond;

    private long[] _buffer = [];

    public SeriesSnapshot Compute(EventType type, SeriesWindow window)
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
        var spread = IntervalSpread.Of(intervals, span);
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

/// <summary>How far intervals lie apart, in ticks.</summary>
/// <param name="StandardDeviation">The sample's; null of one interval.</param>
internal readonly record struct IntervalSpread(long Min, long Max, double? StandardDeviation)
{
    /// <summary>In two passes; the deviations' own sum, which is 0 but for the rounding of the mean, is taken off again.</summary>
    /// <param name="intervals">At least one.</param>
    /// <param name="sum">Of the intervals: an exact mean but for one rounding.</param>
    public static IntervalSpread Of(ReadOnlySpan<long> intervals, long sum)
    {
        var mean = (double)sum / intervals.Length;
        var min = long.MaxValue;
        var max = long.MinValue;
        double squares = 0;
        double remainder = 0;
        foreach (var interval in intervals)
        {
            min = Math.Min(min, interval);
            max = Math.Max(max, interval);
            var deviation = interval - mean;
            squares += deviation * deviation;
            remainder += deviation;
        }

        if (intervals.Length < 2)
            return new(min, max, null);
        var variance = (squares - remainder * remainder / intervals.Length) / (intervals.Length - 1);
        return new(min, max, Math.Sqrt(Math.Max(0, variance)));
    }
}
