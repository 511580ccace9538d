namespace RepoPulse.Statistics;

/// <summary>Where an aggregator puts the figures that changed: the API's memory in one process, a compacted topic over Kafka.</summary>
public interface IStatisticsSink
{
    /// <summary>Takes the figures that changed, each repository's whole and in place of what it had.</summary>
    /// <exception cref="RepoPulse.Events.StorageException">The sink is a store or broker and cannot be reached.</exception>
    ValueTask PublishAsync(IReadOnlyList<RepositoryFigures> changed, CancellationToken cancellationToken);
}
