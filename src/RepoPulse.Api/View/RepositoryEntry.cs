using RepoPulse.Api.Coverage;
using RepoPulse.Api.Statistics;
using RepoPulse.Statistics;

namespace RepoPulse.Api.View;

/// <summary>Everything that the API serves about a repository, as it was at one moment. Immutable: a change makes a new one.</summary>
internal sealed record RepositoryEntry
{
    public required Repository Repository { get; init; }

    /// <summary>Null where the aggregator has reported none.</summary>
    public required RepositorySnapshot? Snapshot { get; init; }

    /// <summary>The statistics of all events; those of none where the aggregator has reported none.</summary>
    public required SeriesSnapshot Total { get; init; }

    public required WindowCoverageRule Coverage { get; init; }

    public required StatisticsDocument Statistics { get; init; }

    /// <summary>The repository's row in the list of repositories, in JSON.</summary>
    public required byte[] Summary { get; init; }

    public NameKey Key => new(Repository.Name, Repository.Id);
}
