using System.Globalization;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.RateLimits;

/// <summary>Readings as they come out of a response's headers.</summary>
internal static class Headers
{
    public static (string Name, string Value)[] Of(int limit, int remaining, DateTimeOffset reset) =>
    [
        ("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Used", (limit - remaining).ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ];

    public static RateLimit? Read(DateTimeOffset now, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return RateLimit.From(response.Headers, now);
    }

    public static RateLimit Reading(DateTimeOffset now, int limit, int remaining, DateTimeOffset reset) =>
        Read(now, Of(limit, remaining, reset))!.Value;
}
