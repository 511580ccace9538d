using GitHubSimulator.Faults;
using GitHubSimulator.Generation;

namespace GitHubSimulator.CommandLine;

/// <summary>What the command line asked for.</summary>
internal sealed record SimulatorSettings
{
    public required string Url { get; init; }

    public required IReadOnlyList<RepositoryActivity> Repositories { get; init; }

    public required int Seed { get; init; }

    public required TimeSpan History { get; init; }

    public required Lateness Lateness { get; init; }

    /// <summary>Null for fair weather.</summary>
    public required FaultWeatherOptions? Faults { get; init; }

    public required IReadOnlyList<string> Archives { get; init; }

    public required TimeSpan ArchiveOldestAgo { get; init; }

    public TimeSpan? ArchiveNewestAgo { get; init; }

    public required double Speed { get; init; }

    /// <summary>Each <c>TOKEN</c> or <c>LOGIN:TOKEN</c>.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    public required TimeSpan PollInterval { get; init; }

    public required int UserLimit { get; init; }

    public required int UnauthenticatedLimit { get; init; }
}
