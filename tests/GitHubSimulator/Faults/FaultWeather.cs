using GitHubSimulator.Chance;

namespace GitHubSimulator.Faults;

/// <summary>
/// Faults over a whole run, drawn from a seed on the world's clock. Each draw depends on the seed and on what it is for (the address and how many
/// requests it has had, the repository, the slot of time) and on nothing else, so that runs that ask for the same things meet the same faults,
/// in whatever order their requests arrive.
/// </summary>
public sealed partial class FaultWeather
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _requests = [];
    private readonly int _seed;
    private readonly DrawnWindows _maintenance;
    private readonly DrawnWindows _load;
    private readonly DrawnWindows _vanishing;
    private readonly DrawnWindows _privacy;

    public FaultWeather(int seed, FaultWeatherOptions options)
    {
        _seed = seed;
        Options = options;
        _maintenance = new DrawnWindows(seed, DrawKind.Maintenance, options.MaintenanceSpacing, options.MaintenanceDuration);
        _vanishing = new DrawnWindows(seed, DrawKind.Vanishing, options.VanishingSpacing, options.VanishingDuration);
        _privacy = new DrawnWindows(seed, DrawKind.Privacy, options.PrivacySpacing, options.PrivacyDuration);
        _load = new DrawnWindows(seed, DrawKind.Load, options.LoadSpacing, options.LoadDuration);
    }

    /// <summary>What a collector meets on a bad day: now and then a request fails.</summary>
    public static FaultWeatherOptions Light { get; } = new()
    {
        ServerErrorShare = 0.01,
        SlowShare = 0.002,
        CutShare = 0.002,
        HalfSentShare = 0.002,
        StaleShare = 0.01,
        MaxLatency = TimeSpan.FromMilliseconds(300),
        LoadSpacing = TimeSpan.FromHours(12),
        MaintenanceSpacing = TimeSpan.FromDays(2),
    };

    /// <summary>Everything at once, at rates that a collector may meet some time.</summary>
    public static FaultWeatherOptions Stormy { get; } = new()
    {
        ServerErrorShare = 0.03,
        SlowShare = 0.01,
        CutShare = 0.01,
        HalfSentShare = 0.01,
        BrokenJsonShare = 0.005,
        HtmlShare = 0.005,
        SecondaryLimitShare = 0.0005,
        RedirectShare = 0.01,
        StaleShare = 0.05,
        MinLatency = TimeSpan.FromMilliseconds(50),
        MaxLatency = TimeSpan.FromSeconds(3),
        OmittedShare = 0.02,
        BrokenRowShare = 0.001,
        MaintenanceSpacing = TimeSpan.FromHours(12),
        VanishingSpacing = TimeSpan.FromDays(2),
        PrivacySpacing = TimeSpan.FromDays(4),
        LoadSpacing = TimeSpan.FromHours(6),
        SpendingSpacing = TimeSpan.FromHours(8),
        TokenChangeSpacing = TimeSpan.FromDays(2),
        RenamingSpacing = TimeSpan.FromDays(5),
        LossSpacing = TimeSpan.FromDays(60),
    };

    public FaultWeatherOptions Options { get; }

    /// <summary>What <c>X-Poll-Interval</c> says in place of the usual.</summary>
    internal TimeSpan PollInterval(TimeSpan usual, DateTimeOffset now)
    {
        if (_load.At(0, now) is not { } window)
            return usual;
        var draws = Draws.Of(_seed, DrawKind.Load, 1, window.From.UtcTicks);
        return usual + TimeSpan.FromSeconds(60 * (1 + draws.Next(4)));
    }

    /// <summary>What happens to a request, of which the address has had so many before.</summary>
    internal RequestWeather Draw(RequestFacts facts, DateTimeOffset now)
    {
        var key = Draws.KeyOf(facts.Path) ^ (Draws.KeyOf(facts.Query) << 1);
        var ordinal = Count(key);
        var latency = Draws.Of(_seed, DrawKind.Latency, key, ordinal).Between(Options.MinLatency, Max(Options.MinLatency, Options.MaxLatency));
        return new RequestWeather
        {
            Fault = _maintenance.At(0, now) is { } maintenance ? Maintenance(maintenance, now) : RequestFault(key, ordinal),
            Latency = latency,
            Redirect = Redirect(Draws.Of(_seed, DrawKind.Redirect, key, ordinal)),
            Staleness = Staleness(Draws.Of(_seed, DrawKind.Staleness, key, ordinal)),
        };
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private int Count(long key)
    {
        lock (_lock)
            return _requests[key] = _requests.GetValueOrDefault(key) + 1;
    }

    private int Redirect(Draws draws) => draws.Happens(Options.RedirectShare) ? draws.Pick(302, 307) : 0;

    private TimeSpan Staleness(Draws draws) =>
        draws.Happens(Options.StaleShare) ? draws.Between(TimeSpan.FromSeconds(1), Options.MaxStaleness) : TimeSpan.Zero;
}
