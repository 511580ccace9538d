using Confluent.Kafka;

namespace RepoPulse.Kafka;

internal static class Producers
{
    /// <param name="transactionalId">Without the prefix; null for none.</param>
    public static IProducer<byte[], byte[]> Build(KafkaCluster cluster, KafkaMetrics metrics, string? transactionalId = null) =>
        new ProducerBuilder<byte[], byte[]>(cluster.Settings.Producer(transactionalId))
            .SetLogHandler(KafkaCluster.Ignore)
            .SetErrorHandler((_, _) => metrics.ClientError())
            .Build();
}
