namespace RepoPulse.Core;

/// <summary>
/// The times that an event may have. A time outside is malformed, wherever it comes from: arithmetic on times near the ends of the calendar
/// overflows, and no event of GitHub lies there.
/// </summary>
public static class EventTimeRange
{
    /// <summary>Inclusive.</summary>
    public static DateTimeOffset Earliest { get; } = DateTimeOffset.UnixEpoch;

    /// <summary>Exclusive. Events dated in the future are legal: they count from their time on.</summary>
    public static DateTimeOffset Latest { get; } = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool Contains(DateTimeOffset time) => time >= Earliest && time < Latest;

    /// <summary>Reads microseconds since 1970; false where they lie outside the range.</summary>
    public static bool TryFromMicros(long micros, out DateTimeOffset time)
    {
        // Compared before the conversion, which would wrap around for numbers that are too large.
        var isInside = micros >= Micros.Floor(Earliest) && micros < Micros.Floor(Latest);
        time = isInside ? Micros.ToTime(micros) : default;
        return isInside;
    }
}
