using System.Buffers.Text;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// Puts events into the topic of events. The topic cannot be asked what it holds, so that every event counts as appended; readers ignore
/// what they hold.
/// </summary>
internal sealed class KafkaEventLogWriter(KafkaCluster cluster, KafkaMetrics metrics, RecordWriter writer) : IEventLogWriter
{
    public async ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        EventRecords.ThrowIfStray(events);
        await writer.WriteAsync(events.Count, Record, "appending events", cancellationToken);
        metrics.Appended(events.Count);
        return new AppendResult(events.Count, 0);

        (TopicPartition, Message<byte[], byte[]>) Record(int i)
        {
            var (partition, message) = EventRecords.Of(events[i], source, cluster.Options.Partitions);
            return (new TopicPartition(cluster.Names.Events, partition), message);
        }
    }
}

/// <summary>Reads a record's key; none where it is no repository's.</summary>
internal sealed class RepositoryKeys : IDeserializer<RepositoryId>
{
    public static readonly RepositoryKeys Instance = new();

    public RepositoryId Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
        Utf8Parser.TryParse(data, out long id, out var length) && length == data.Length && id > 0
            ? new RepositoryId(id)
            : RepositoryId.None;
}
