using System.Globalization;
using System.Text;
using GitHubSimulator.Accounts;

namespace GitHubSimulator.Http;

/// <summary>
/// Reads out of a response how long its client is asked to wait, by GitHub's rules: <c>Retry-After</c>, else the reset of a limit that is
/// spent, else a minute.
/// </summary>
internal static class RefusalNotice
{
    /// <summary>Null for a response that is no refusal by a limit.</summary>
    public static WaitNotice? Of(ApiAnswer answer, DateTimeOffset now)
    {
        if (answer.Status is not (StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests))
            return null;
        if (Number(answer, "Retry-After") is { } seconds)
            return new WaitNotice(now, now.AddSeconds(seconds), IsPrimary: false);
        if (Number(answer, "X-RateLimit-Remaining") == 0 && Number(answer, "X-RateLimit-Reset") is { } reset)
            return new WaitNotice(now, DateTimeOffset.FromUnixTimeSeconds(reset), IsPrimary: true);
        return answer.Status == StatusCodes.Status429TooManyRequests || Speaks(answer, "rate limit")
            ? new WaitNotice(now, now.AddMinutes(1), IsPrimary: false)
            : null;
    }

    private static long? Number(ApiAnswer answer, string header) =>
        long.TryParse(answer.Header(header), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Speaks(ApiAnswer answer, string of) =>
        Encoding.UTF8.GetString(answer.Body.Span).Contains(of, StringComparison.OrdinalIgnoreCase);
}
