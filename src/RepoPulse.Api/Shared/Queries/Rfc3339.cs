using System.Buffers.Binary;
using System.Globalization;

namespace RepoPulse.Api;

/// <summary>
/// Times as RFC 3339 (5.6) writes them: date, time, any fraction of a second, and an offset, without which a time is not one. A fraction
/// beyond a microsecond is rounded up: events are held to the microsecond, so both "at or after" and "before" come out exact.
/// </summary>
internal static class Rfc3339
{
    private const int SecondsLength = 19;
    private const int MicrosecondDigits = 6;

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= SecondsLength || text[10] is not ('T' or 't' or ' ') || !TryReadFraction(text, out var fraction, out var next))
            return false;

        // A '+' that was not escaped reaches us as a space: there is nothing else that it could mean.
        var offset = text[next..] is ['Z' or 'z'] ? "+00:00" : text[next..] is [' ', .. var rest] ? "+" + rest : text[next..];
        if (offset.Length != 6
            || !DateTimeOffset.TryParseExact(
                string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11, 8), offset),
                "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var whole)
            || DateTimeOffset.MaxValue - whole < fraction)
        {
            return false;
        }

        time = whole + fraction;
        return true;
    }

    /// <summary>The fraction in whole microseconds, rounded up, and where the offset starts.</summary>
    private static bool TryReadFraction(string text, out TimeSpan fraction, out int next)
    {
        fraction = TimeSpan.Zero;
        next = SecondsLength;
        if (text[next] != '.')
            return true;

        var digits = text.AsSpan(next + 1);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        if (length <= 0)
            return false;
        next += 1 + length;
        var microseconds = 0L;
        for (var i = 0; i < MicrosecondDigits; i++)
            microseconds = microseconds * 10 + (i < length ? digits[i] - '0' : 0);
        if (length > MicrosecondDigits && digits[MicrosecondDigits..length].ContainsAnyExcept('0'))
            microseconds++;
        fraction = TimeSpan.FromMicroseconds(microseconds);
        return true;
    }
}

internal static class TimeTicks
{
    /// <summary>A UTC time from its ticks, where there is such a time: a cursor comes from outside.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out DateTimeOffset time)
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(payload);
        var valid = ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = valid ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return valid;
    }
}
