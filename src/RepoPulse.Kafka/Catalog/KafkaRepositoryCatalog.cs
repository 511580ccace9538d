namespace RepoPulse.Kafka;

/// <summary>The catalog, as the topics have it.</summary>
internal sealed class KafkaRepositoryCatalog(KafkaCluster cluster, CatalogTopics topics) : IRepositoryCatalog
{
    public async ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        await topics.StartAsync(cancellationToken);
        return topics.Failure is { } failure
            ? throw KafkaErrors.Wait(cluster.Options, $"nothing comes any more: {failure}")
            : topics.ReadChanges(version);
    }

    public ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken) =>
        topics.WaitForChangesAsync(version, cancellationToken);
}
