using GitHubSimulator.Faults;
using GitHubSimulator.Generation;

namespace RepoPulse.Simulation;

/// <summary>What happens in a run: all of it follows from the seed.</summary>
public sealed record Scenario
{
    public required int Seed { get; init; }

    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<RepositoryActivity> Repositories { get; init; }

    /// <summary>Organizations that are followed by their own feed, beside or in place of their repositories.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>Which of the repositories are followed by their own feed.</summary>
    public required IReadOnlyList<string> Watched { get; init; }

    public FaultWeatherOptions Weather { get; init; } = new();

    public GenerationOptions Generation { get; init; } = new() { MinimalPayloads = true };

    /// <summary>The logins whose tokens are used; one that stands twice has two.</summary>
    public IReadOnlyList<string> TokenHolders { get; init; } = ["alice"];

    /// <summary>Requests an hour of a user.</summary>
    public int UserLimit { get; init; } = 5_000;

    /// <summary>The mean time between two deaths of the collector; zero for none.</summary>
    public TimeSpan CrashSpacing { get; init; }

    /// <summary>The longest time until it is started again.</summary>
    public TimeSpan MaxDowntime { get; init; } = TimeSpan.FromHours(2);

    public TimeSpan? Retention { get; init; }

    /// <summary>When the machine's clock is set, from the start, and by how much it is ahead from then on; in their order.</summary>
    public IReadOnlyList<(TimeSpan At, TimeSpan Ahead)> ClockSettings { get; init; } = [];

    /// <summary>Whether the collector is started again whenever the clock is set.</summary>
    public bool RestartsWithClock { get; init; }

    /// <summary>Whether GitHub does not say what time it is.</summary>
    public bool IsDateless { get; init; }

    public IEnumerable<FeedAddress> Feeds =>
        [.. Watched.Select(name => FeedAddress.OfRepository(RepositoryName.Parse(name))), .. Organizations.Select(
            FeedAddress.OfOrganization)];

    public override string ToString() =>
        $"seed {Seed}: {Watched.Count} repositories and {Organizations.Count} organizations, " +
        $"{Repositories.Sum(repository => repository.EventsPerHour):N0} events/h, "
        + $"{Duration.TotalHours:N0} h, {TokenHolders.Count} tokens of {TokenHolders.Distinct().Count()} users, a crash every " +
            $"{CrashSpacing.TotalHours:N0} h";
}
