using RepoPulse.Events;
using RepoPulse.Statistics;

namespace RepoPulse.Api.View;

/// <summary>What the view's writers know of a repository, hidden ones and half-known ones included. Touched under the view's lock alone.</summary>
internal sealed class TrackedRepository
{
    /// <summary>Null while only the aggregator has told of it: without a name it cannot be shown.</summary>
    public Repository? Repository { get; set; }

    public RepositoryFigures? Figures { get; set; }

    /// <summary>Null while it is hidden or has no name.</summary>
    public RepositoryCell? Cell { get; set; }

    /// <summary>When its coverage statement changes by itself.</summary>
    public DateTimeOffset? ChangesAt { get; set; }
}
