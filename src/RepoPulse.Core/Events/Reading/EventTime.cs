namespace RepoPulse.Core.Reading;

/// <summary>
/// The times of every form: RFC 3339 (<c>2015-01-01T00:00:00Z</c>, with fractions and offsets) and the old timeline's
/// <c>2012/03/10 12:34:56 -0800</c>. A time without an offset is none: it would be a guess. A time
/// outside <see cref="EventTimeRange"/> is none either.
/// </summary>
internal static class EventTime
{
    private const int OffsetStart = 19;

    /// <summary>Reads a time as UTC, truncated to the microsecond.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= OffsetStart || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]
            || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        // 60 is a leap second, which the calendar of .NET does not know: it falls on the next second.
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        var rest = text[OffsetStart..];
        if (!TryTakeFraction(ref rest, out var microseconds) || !TryReadOffset(rest.TrimStart((byte)' '), out var offsetMinutes))
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks
            + second * TimeSpan.TicksPerSecond + microseconds * TimeSpan.TicksPerMicrosecond - offsetMinutes * TimeSpan.TicksPerMinute;
        if (ticks < EventTimeRange.Earliest.Ticks || ticks >= EventTimeRange.Latest.Ticks)
            return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out int microseconds)
    {
        microseconds = 0;
        if (rest[0] != '.')
            return true;
        var digits = 0;
        for (rest = rest[1..]; !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]); rest = rest[1..])
        {
            if (digits++ < 6)
                microseconds = microseconds * 10 + (rest[0] - '0');
        }

        for (var i = digits; i < 6; i++)
            microseconds *= 10;
        return digits > 0;
    }

    /// <summary><c>Z</c>, <c>-07:00</c> or <c>-0800</c>, in minutes east of Greenwich.</summary>
    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text is not ([(byte)'+' or (byte)'-', _, _, (byte)':', _, _] or [(byte)'+' or (byte)'-', _, _, _, _]))
            return false;
        var (hour, minute) = (Number(text[1..3]), Number(text[^2..]));
        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59;
    }

    /// <summary>A run of digits as a number, -1 where it is not one.</summary>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            number = number * 10 + (digit - '0');
        }

        return number;
    }
}
