using System.Globalization;
using System.Net.Http.Headers;

namespace RepoPulse.GitHub;

/// <summary>The primary limit as a response's headers give it.</summary>
/// <param name="Limit">Requests allowed in the present hour.</param>
/// <param name="Remaining">Of them, those left.</param>
/// <param name="ResetsAt">When the hour ends, by our own clock: see <see cref="From"/>.</param>
public readonly record struct RateLimit(int Limit, int Remaining, DateTimeOffset ResetsAt)
{
    /// <summary>Resets of one window may differ by so much in its responses: GitHub rounds them.</summary>
    private const int ResetTolerance = 2;

    /// <summary>An hour, and a little for clocks: a reset that lies further ahead is put off no longer than this.</summary>
    internal static readonly TimeSpan MaxLeft = TimeSpan.FromMinutes(65);

    /// <summary>A limit's hour cannot end later than this by any clock; a header that says so is none.</summary>
    private const long MaxSecondsLeft = 24 * 60 * 60;

    /// <summary>Requests of the present hour that counted, by whomever they were made.</summary>
    public int Used { get; init; }

    /// <summary>Whether it is the limit that feeds and repositories count against; searches, for one, have another.</summary>
    internal bool IsCore { get; private init; }

    /// <summary>When the hour ends, by GitHub's clock, in seconds since 1970: the same in all responses of one window.</summary>
    internal long ResetSeconds { get; private init; }

    /// <summary>
    /// The limit from <c>X-RateLimit-Limit, -Remaining, -Used, -Reset, -Resource</c>; null where one of the first two or the reset is
    /// absent, or no number. The time left is judged by GitHub's own clock (<c>Date</c>), which need not agree with ours: asking too early
    /// is met with a refusal.
    /// </summary>
    /// <param name="now">When the headers arrived.</param>
    internal static RateLimit? From(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(headers, "X-RateLimit-Limit") is not { } limit
            || Number(headers, "X-RateLimit-Remaining") is not { } remaining
            || Number(headers, "X-RateLimit-Reset") is not { } reset)
            return null;
        var left = reset - (headers.Date ?? now).ToUnixTimeMilliseconds() / 1000.0;
        if (reset < 0 || left > MaxSecondsLeft)
            return null;
        var (most, rest) = (Count(limit), Count(remaining));
        return new RateLimit(most, rest, now + TimeSpan.FromSeconds(Math.Clamp(left, -MaxSecondsLeft, MaxLeft.TotalSeconds)))
        {
            Used = Number(headers, "X-RateLimit-Used") is { } used ? Count(used) : Math.Max(0, most - rest),
            ResetSeconds = reset,
            IsCore = !headers.TryGetValues("X-RateLimit-Resource", out var resources)
                || resources.First().Equals("core", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Whether both were read in the same hour of the same limit, or in two that end in the same second.</summary>
    internal bool IsOfSameWindow(in RateLimit other) => Math.Abs(ResetSeconds - other.ResetSeconds) <= ResetTolerance;

    internal static long? Number(HttpHeaders headers, string name)
        => headers.TryGetValues(name, out var values)
            && long.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Count(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
