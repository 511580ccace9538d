using Confluent.Kafka;
using RepoPulse.Kafka.Clients;

namespace RepoPulse.Kafka.Log;

/// <summary>
/// Puts events into the topic of events. The topic cannot be asked what it holds, so that every event counts as appended; readers ignore what they
/// hold.
/// </summary>
internal sealed class KafkaEventLogWriter(KafkaCluster cluster, KafkaMetrics metrics, RecordWriter writer) : IEventLogWriter
{
    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        EventRecords.ThrowIfStray(events);
        await writer.WriteAsync(events.Count, Record, "appending events", cancellationToken).ConfigureAwait(false);
        metrics.Appended(events.Count);
        return new AppendResult(events.Count, 0);

        (TopicPartition, Message<byte[], byte[]>) Record(int i)
        {
            var (partition, message) = EventRecords.Of(events[i], source, cluster.Options.Partitions);
            return (new TopicPartition(cluster.Names.Events, partition), message);
        }
    }
}
