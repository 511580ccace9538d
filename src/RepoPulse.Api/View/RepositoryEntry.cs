using RepoPulse.Api.Documents;
using RepoPulse.Events;
using RepoPulse.Statistics;

namespace RepoPulse.Api.View;

/// <summary>Everything that the API answers about a repository, as it was at one moment. Immutable: a change makes a new one.</summary>
internal sealed record RepositoryEntry
{
    public required Repository Repository { get; init; }

    /// <summary>Null where the aggregator has told of none.</summary>
    public required RepositoryFigures? Figures { get; init; }

    /// <summary>The figures of all events; those of none where the aggregator has told of none.</summary>
    public required SeriesFigures Total { get; init; }

    public required CoverageStatement Coverage { get; init; }

    public required StatisticsDocument Statistics { get; init; }

    /// <summary>The repository's row in the list of repositories, in JSON.</summary>
    public required byte[] Summary { get; init; }

    public NameKey Key => new(Repository.Name, Repository.Id);
}
