using System.Globalization;
using GitHubSimulator.Chance;

namespace GitHubSimulator.Faults;

/// <summary>What the weather has for single requests.</summary>
internal sealed class RequestFaults(int seed, FaultWeatherOptions options)
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

    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _requests = [];
    private readonly DrawnWindows _maintenance = new(seed, DrawKind.Maintenance, options.MaintenanceSpacing, options.MaintenanceDuration);

    /// <summary>What happens to a request, of which the address has had so many before.</summary>
    public RequestWeather Draw(RequestFacts facts, DateTimeOffset now)
    {
        var key = Draws.KeyOf(facts.Path) ^ (Draws.KeyOf(facts.Query) << 1);
        var ordinal = Count(key);
        return new RequestWeather
        {
            Fault = _maintenance.At(0, now) is { } maintenance
                ? Maintenance(maintenance, now)
                : DrawFault(Draws.Of(seed, DrawKind.Request, key, ordinal)),
            Latency = Latency(Draws.Of(seed, DrawKind.Latency, key, ordinal)),
            Redirect = Redirect(Draws.Of(seed, DrawKind.Redirect, key, ordinal)),
            Staleness = Staleness(Draws.Of(seed, DrawKind.Staleness, key, ordinal)),
        };
    }

    private static Fault Maintenance(TimeWindow window, DateTimeOffset now) => Fault.Answer(503, Unicorn, "text/html; charset=utf-8")
        .With("Retry-After", Seconds(window.Until - now));

    private int Count(long key)
    {
        lock (_lock)
            return _requests[key] = _requests.GetValueOrDefault(key) + 1;
    }

    private TimeSpan Latency(Draws draws) =>
        draws.Between(options.MinLatency, options.MaxLatency > options.MinLatency ? options.MaxLatency : options.MinLatency);

    private int Redirect(Draws draws) => draws.Happens(options.RedirectShare) ? draws.Pick(302, 307) : 0;

    private TimeSpan Staleness(Draws draws) =>
        draws.Happens(options.StaleShare) ? draws.Between(TimeSpan.FromSeconds(1), options.MaxStaleness) : TimeSpan.Zero;

    private Fault? DrawFault(Draws draws)
    {
        // One draw for all of them: at most one happens, each with the share that it was given.
        var left = draws.NextDouble();
        if ((left -= options.ServerErrorShare) < 0)
            return ServerError(draws);
        if ((left -= options.SlowShare) < 0)
            return Fault.Delay(draws.Between(TimeSpan.FromSeconds(5), options.MaxSlowness));
        if ((left -= options.CutShare) < 0)
            return Fault.Abort;
        if ((left -= options.HalfSentShare) < 0)
            return Fault.HalfSent;
        if ((left -= options.BrokenJsonShare) < 0)
            return Fault.BrokenJson;
        if ((left -= options.HtmlShare) < 0)
            return Fault.Answer(200, Unicorn, "text/html; charset=utf-8");
        return left - options.SecondaryLimitShare < 0 ? SecondaryLimit(draws) : null;
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

        // Who is not given a time is to wait a minute, so that is how long it holds.
        return draws.Happens(0.5)
            ? fault.With("Retry-After", Seconds(wait)).ShuttingOut(wait)
            : fault.ShuttingOut(TimeSpan.FromMinutes(1));
    }

    private static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
