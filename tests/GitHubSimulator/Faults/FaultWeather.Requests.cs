using System.Globalization;
using GitHubSimulator.Chance;

namespace GitHubSimulator.Faults;

public sealed partial class FaultWeather
{
    private const string Unicorn = "<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head><body><p><strong>No server is currently available"
        + " to service your request.</strong></p></body></html>\n";

    private const string SecondaryMessage = """
        {
          "message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
          "documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
        }
        """;

    /// <summary>After this time GitHub gives up on a request itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static Fault Maintenance(TimeWindow window, DateTimeOffset now) => Fault.Answer(503, Unicorn, "text/html; charset=utf-8")
        .With("Retry-After", Seconds(window.Until - now));

    private Fault? RequestFault(long key, int ordinal)
    {
        var draws = Draws.Of(_seed, DrawKind.Request, key, ordinal);

        // One draw for all of them: at most one happens, each with the share that it was given.
        var left = draws.NextDouble();
        if ((left -= Options.ServerErrorShare) < 0)
            return ServerError(draws);
        if ((left -= Options.SlowShare) < 0)
            return Fault.Delay(draws.Between(TimeSpan.FromSeconds(5), Options.MaxSlowness));
        if ((left -= Options.CutShare) < 0)
            return Fault.Abort;
        if ((left -= Options.HalfSentShare) < 0)
            return Fault.HalfSent;
        if ((left -= Options.BrokenJsonShare) < 0)
            return Fault.BrokenJson;
        if ((left -= Options.HtmlShare) < 0)
            return Fault.Answer(200, Unicorn, "text/html; charset=utf-8");
        return left - Options.SecondaryLimitShare < 0 ? SecondaryLimit(draws) : null;
    }

    private static Fault ServerError(Draws draws)
    {
        var status = draws.Pick(500, 502, 502, 503);
        var fault = draws.Happens(0.5) ? Fault.Answer(status, Unicorn, "text/html; charset=utf-8") : Fault.Answer(status);
        return draws.Happens(0.2) ? fault.After(Patience) : fault;
    }

    private static Fault SecondaryLimit(Draws draws)
    {
        var wait = draws.Between(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(3));
        var fault = Fault.Answer(draws.Pick(403, 429), SecondaryMessage);

        // Who is not told how long is to wait a minute, so that is how long it holds.
        return draws.Happens(0.5)
            ? fault.With("Retry-After", Seconds(wait)).ShuttingOut(wait)
            : fault.ShuttingOut(TimeSpan.FromMinutes(1));
    }

    private static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
