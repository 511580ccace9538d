using RepoPulse.Kafka.Clients;

namespace RepoPulse.Kafka.Catalog;

/// <summary>The catalog, as the topics tell it.</summary>
internal sealed class KafkaRepositoryCatalog(KafkaCluster cluster, CatalogTopics topics) : IRepositoryCatalog
{
    public async ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        await topics.StartAsync(cancellationToken).ConfigureAwait(false);
        return topics.Failure is { } failure
            ? throw KafkaFaults.Wait(cluster.Options, $"nothing comes any more: {failure}")
            : topics.ReadChanges(version);
    }

    public ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken) => topics.WaitForChangesAsync(version, cancellationToken);
}
