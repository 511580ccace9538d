namespace RepoPulse.Core;

/// <summary>Times as they are stored: microseconds since 1970, UTC.</summary>
public static class Micros
{
    public static long Floor(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return ticks >= 0 ? ticks / TimeSpan.TicksPerMicrosecond : -Ceiling(-ticks);
    }

    /// <summary>The first storable time at or after: what an inclusive lower bound becomes, and an exclusive upper one.</summary>
    public static long Ceiling(DateTimeOffset time) => Ceiling(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);

    public static DateTimeOffset ToTime(long micros) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static long Ceiling(long ticks)
    {
        var (quotient, remainder) = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond);
        return remainder > 0 ? quotient + 1 : quotient;
    }
}
