using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

/// <summary>
/// Errors over a whole run, drawn from a seed on the world's clock. Each draw depends on the seed and on what it is for (the address and
/// how many requests it has had, the repository, the slot of time) and on nothing else, so that runs that ask for the same things meet the
/// same errors, in whatever order their requests arrive.
/// </summary>
public sealed class FaultWeather
{
    public FaultWeather(int seed, FaultWeatherOptions options)
    {
        Options = options;
        Requests = new RequestFaults(seed, options);
        Feeds = new FeedFaults(seed, options);
        Repositories = new RepositoryChanges(this, seed);
        Accounts = new AccountChanges(this, seed);
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

    internal RequestFaults Requests { get; }

    internal FeedFaults Feeds { get; }

    internal RepositoryChanges Repositories { get; }

    internal AccountChanges Accounts { get; }

    /// <summary>Plans something; it does not happen once another weather has come. Called with the world's lock held.</summary>
    internal void Plan(GitHubWorld world, DateTimeOffset at, Action action) => world.Schedule(at, () =>
    {
        if (world.Weather == this)
            action();
    });
}
