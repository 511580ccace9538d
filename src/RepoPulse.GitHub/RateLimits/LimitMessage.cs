using System.Globalization;

namespace RepoPulse.GitHub;

/// <summary>
/// Reads GitHub's refusals as far as the headers leave it open: "API rate limit exceeded for user ID 1. ...", "You have exceeded a
/// secondary rate limit. ...", and of old "You have triggered an abuse detection mechanism. ...".
/// </summary>
internal static class LimitMessage
{
    private const string BeforeUserId = "rate limit exceeded for user ID ";

    public static bool IsOne(string? message) => Has(message, "rate limit") || IsSecondary(message);

    public static LimitKind KindOf(string? message, RateLimit? limit)
        => !IsSecondary(message) && (limit is { Remaining: 0 } || Has(message, "rate limit exceeded"))
            ? LimitKind.Primary
            : LimitKind.Secondary;

    /// <summary>The user whose limit it is; null where it is another's, or not said.</summary>
    public static long? UserId(string? message)
    {
        if (message?.IndexOf(BeforeUserId, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at))
            return null;
        var rest = message.AsSpan(at + BeforeUserId.Length);
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private static bool IsSecondary(string? message) => Has(message, "secondary") || Has(message, "abuse");

    private static bool Has(string? message, string words) => message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>
/// Which of GitHub's limits refused a request (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
/// </summary>
internal enum LimitKind
{
    /// <summary>Requests an hour: what the headers count.</summary>
    Primary,

    /// <summary>Requests at once, points a minute and whatever else GitHub guards itself with: no header reports it beforehand.</summary>
    Secondary,
}

/// <summary>A limit as the response that refused a request names it.</summary>
/// <param name="RetryAfter">The wait that it asks for; null where it names none.</param>
internal readonly record struct RateLimitRefusal(LimitKind Kind, TimeSpan? RetryAfter, RateLimit? Primary);
