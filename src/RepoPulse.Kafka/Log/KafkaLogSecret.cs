using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// A random secret that is kept in a topic. Each process that finds none writes one, under a key of its own so that compaction keeps all of
/// them, and all processes use the earliest: offsets only grow, so no later record changes which one that is.
/// </summary>
internal sealed class KafkaLogSecret(KafkaCluster cluster, KafkaMetrics metrics, RecordWriter writer) : ILogSecret
{
    private const int Length = 32;
    private const string KeyPrefix = "stream-ids:";

    private readonly TopicPartition _partition = new(cluster.Names.Secrets, 0);

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        if (await FindAsync(cancellationToken) is { } present)
            return present;
        var made = new Message<byte[], byte[]>
        {
            Key = Encoding.ASCII.GetBytes($"{KeyPrefix}{Guid.NewGuid():N}"),
            Value = RandomNumberGenerator.GetBytes(Length),
        };
        await writer.WriteAsync(1, _ => (_partition, made), "writing the secret of stream ids", cancellationToken);

        // Another process may have written before this one: what counts is the order in the topic.
        return await FindAsync(cancellationToken)
            ?? throw new StorageException($"The secret that was written to {_partition.Topic} is not there.", isTransient: true);
    }

    private async ValueTask<byte[]?> FindAsync(CancellationToken cancellationToken)
    {
        byte[]? earliest = null;
        await TopicFollower.ReadAsync(cluster, metrics, [_partition], record => earliest ??= Read(record), cancellationToken);
        return earliest;
    }

    /// <exception cref="InvalidDataException">The record is no secret.</exception>
    private static byte[] Read(ConsumeResult<byte[]?, byte[]?> record) =>
        record.Message is { Key: { } key, Value: { Length: Length } value } && key.AsSpan().StartsWith(Encoding.ASCII.GetBytes(KeyPrefix))
            ? value
            : throw new InvalidDataException($"A secret has a key that begins with {KeyPrefix} and {Length} bytes.");
}
