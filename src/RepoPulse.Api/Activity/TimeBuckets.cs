namespace RepoPulse.Api.Activity;

/// <summary>
/// The intervals of one length into which a time asked for is cut, each starting at a multiple of that length since 1970.
/// </summary>
/// <param name="First">Where the first starts: at or before the time asked for.</param>
internal sealed record TimeBuckets(DateTimeOffset First, TimeSpan Length, long Count)
{
    /// <param name="since">Inclusive.</param>
    /// <param name="until">Exclusive.</param>
    public static TimeBuckets Between(DateTimeOffset since, DateTimeOffset until, TimeSpan length)
    {
        var ticks = since.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var remainder = ticks % length.Ticks;
        var first = since.UtcTicks - (remainder < 0 ? remainder + length.Ticks : remainder);

        // Times begin in the midst of a bucket. It cannot be named, and nothing happened in it.
        if (first < DateTimeOffset.MinValue.Ticks)
            first += length.Ticks;
        var (whole, rest) = Math.DivRem(until.UtcTicks - first, length.Ticks);
        return new(new DateTimeOffset(first, TimeSpan.Zero), length, since < until ? Math.Max(0, whole + (rest > 0 ? 1 : 0)) : 0);
    }

    public DateTimeOffset Start(long index) => First + index * Length;
}
