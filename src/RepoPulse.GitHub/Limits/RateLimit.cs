using System.Globalization;
using System.Net.Http.Headers;

namespace RepoPulse.GitHub.Limits;

/// <summary>The primary limit as an answer's headers give it.</summary>
/// <param name="Limit">Requests allowed in the present hour.</param>
/// <param name="Remaining">Of them, those left.</param>
/// <param name="ResetsAt">When the hour ends.</param>
public readonly record struct RateLimit(int Limit, int Remaining, DateTimeOffset ResetsAt)
{
    /// <summary>The limit from <c>X-RateLimit-Limit, -Remaining, -Reset</c>; null where one is absent or no number.</summary>
    public static RateLimit? From(HttpHeaders headers)
    {
        return Number(headers, "X-RateLimit-Limit") is { } limit
            && Number(headers, "X-RateLimit-Remaining") is { } remaining
            && Number(headers, "X-RateLimit-Reset") is { } reset
            && reset is >= 0 and < 253402300800
            ? new RateLimit((int)Math.Clamp(limit, 0, int.MaxValue), (int)Math.Clamp(remaining, 0, int.MaxValue), DateTimeOffset.FromUnixTimeSeconds(reset))
            : null;
    }

    internal static long? Number(HttpHeaders headers, string name)
        => headers.TryGetValues(name, out var values)
            && long.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
