using GitHubSimulator.Faults;
using GitHubSimulator.Generation;

namespace RepoPulse.Simulation;

/// <summary>
/// Draws scenarios: from a handful of repositories to hundreds, from idle to 5,000 events an hour, from fair weather to everything at once.
/// </summary>
public static class Scenarios
{
    public static Scenario Draw(int seed)
    {
        var random = new Random(seed);
        var isLarge = seed % 12 == 7;
        var count = isLarge ? random.Next(150, 400) : random.Next(4, 25);
        var repositories = Repositories(random, count, isLarge ? 4_000 : 9_000);
        var organizations = seed % 4 == 1 ? (string[])["org-0"] : [];
        return new Scenario
        {
            Seed = seed,
            Duration = TimeSpan.FromHours(isLarge ? random.Next(12, 30) : random.Next(24, 96)),
            Repositories = repositories,
            Organizations = organizations,
            // Of an organization that is followed, some are followed by their own feed as well, and some not.
            Watched = [.. repositories
                .Select(repository => repository.Name)
                .Where(name => organizations.Length == 0 || !name.StartsWith("org-0/", StringComparison.Ordinal) || random.Next(2) == 0)],
            // A replica that lags behind may hide any row from a lower page, which nobody can see: that is assumed not to happen.
            Weather = ((seed % 3) switch { 0 => FaultWeather.Stormy, 1 => FaultWeather.Light, _ => Mild(random) }) with { StaleShare = 0 },
            Generation = new GenerationOptions
            {
                Seed = seed,
                MinimalPayloads = true,
                Lateness = Lateness.AsObserved,
                IdRestartAfter = random.Next(3) == 0 ? TimeSpan.FromHours(random.Next(2, 20)) : null,
                IdCollisionShare = random.Next(3) == 0 ? 0.01 : 0,
                NewTypeShare = 0.01,
                NullPayloadShare = 0.01,
            },
            TokenHolders = random.Next(3) switch { 0 => ["alice"], 1 => ["alice", "alice", "bob"], _ => ["alice", "bob"] },
            UserLimit = isLarge ? 5_000 : random.Next(1_500, 5_000),
            CrashSpacing = random.Next(4) == 0 ? TimeSpan.Zero : TimeSpan.FromHours(random.Next(4, 24)),
            Retention = random.Next(2) == 0 ? TimeSpan.FromDays(7) : null,
        };
    }

    /// <summary>Heavy-tailed, as popularity is: most are quiet, a few are very busy.</summary>
    private static List<RepositoryActivity> Repositories(Random random, int count, double mostTogether)
    {
        var repositories = new List<RepositoryActivity>();
        var together = 0.0;
        for (var i = 0; i < count; i++)
        {
            var rate = random.Next(8) == 0 ? 0 : Math.Exp(random.NextDouble() * Math.Log(5_000 / 0.02)) * 0.02;
            if (together + rate > mostTogether)
                rate = Math.Min(rate, 1);
            together += rate;
            repositories.Add(new RepositoryActivity($"org-{i % 3}/repository-{i}", rate));
        }

        return repositories;
    }

    private static FaultWeatherOptions Mild(Random random) => new()
    {
        MinLatency = TimeSpan.FromMilliseconds(20),
        MaxLatency = TimeSpan.FromMilliseconds(random.Next(100, 2_000)),
        OmittedShare = random.Next(2) == 0 ? 0.01 : 0,
    };
}
