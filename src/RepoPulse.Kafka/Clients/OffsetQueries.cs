using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace RepoPulse.Kafka;

/// <summary>
/// Asks where partitions begin and end, by a client of its own: a broker responds to the requests of a connection in turn, and one that
/// waits for events to come would hold up the question.
/// </summary>
internal sealed class OffsetQueries(KafkaOptions kafka, ClientSettings settings) : IDisposable
{
    private const int MaxAttempts = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _making = new();
    private IAdminClient? _client;

    /// <summary>The offsets after the last records that are not part of a pending transaction.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public Task<long[]> EndsAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken) =>
        AskAsync(partitions, OffsetSpec.Latest(), IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>
    /// The offsets after the last records, those of pending transactions included: what was committed a moment ago is before them for sure.
    /// </summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public Task<long[]> HighWatermarksAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken) =>
        AskAsync(partitions, OffsetSpec.Latest(), IsolationLevel.ReadUncommitted, cancellationToken);

    /// <summary>The offsets of the oldest records that are held.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public Task<long[]> StartsAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken) =>
        AskAsync(partitions, OffsetSpec.Earliest(), IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>The offsets of the first records that were appended at or after a time; the ends where there are none.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async Task<long[]> FindAsync(IReadOnlyList<TopicPartition> partitions, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            partitions,
            OffsetSpec.ForTimestamp(Math.Max(0, time.ToUnixTimeMilliseconds())),
            IsolationLevel.ReadCommitted,
            cancellationToken);
        if (!found.Contains(Offset.End.Value))
            return found;
        var ends = await EndsAsync(partitions, cancellationToken);
        return [.. found.Zip(ends, (offset, end) => offset == Offset.End.Value ? end : offset)];
    }

    public void Dispose() => _client?.Dispose();

    private async Task<long[]> AskAsync(
        IReadOnlyList<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        TopicPartitionOffsetSpec[] question = [.. partitions.Select(
            partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec })];
        var options = new ListOffsetsOptions { IsolationLevel = isolation, RequestTimeout = Patience };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await Client().ListOffsetsAsync(question, options).WaitAsync(cancellationToken);
                var offsets = answer.ResultInfos.ToDictionary(
                    info => info.TopicPartitionOffsetError.TopicPartition, info => info.TopicPartitionOffsetError.Offset.Value);
                return [.. partitions.Select(partition => offsets[partition])];
            }
            catch (ListOffsetsException e) when (attempt < MaxAttempts)
            {
                // A partition that was just made, or whose leader is gone, has a leader again in a moment.
                var error = e.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError.Error).FirstOrDefault(fault => fault.IsError)
                    ?? e.Error;
                if (KafkaErrors.IsPermanent(error))
                    throw KafkaErrors.Wrap(kafka, "asking for offsets", error, e);
                await Task.Delay(RetryInterval, SystemDefaults.Time, cancellationToken);
            }
            catch (KafkaException e)
            {
                throw KafkaErrors.Wrap(kafka, "asking for offsets", e);
            }
        }
    }

    private IAdminClient Client()
    {
        lock (_making)
            return _client ??= new AdminClientBuilder(settings.Admin())
                .SetLogHandler(KafkaCluster.Ignore)
                .SetErrorHandler((_, _) => { })
                .Build();
    }
}
