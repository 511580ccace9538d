namespace RepoPulse.Statistics;

/// <summary>How far intervals lie apart, in ticks.</summary>
/// <param name="StandardDeviation">The sample's; null of one interval.</param>
internal readonly record struct Spread(long Min, long Max, double? StandardDeviation)
{
    /// <summary>In two passes; the deviations' own sum, which is 0 but for the rounding of the mean, is taken off again.</summary>
    /// <param name="intervals">At least one.</param>
    /// <param name="sum">Of the intervals: an exact mean but for one rounding.</param>
    public static Spread Of(ReadOnlySpan<long> intervals, long sum)
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
