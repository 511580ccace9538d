using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// Reads topics whole, record by record in the order of each partition, and follows them: one thread, which hands every record to its
/// owner. What is compacted comes as it stands.
/// </summary>
/// <param name="from">Where each partition is read from.</param>
/// <param name="apply">Takes a record.</param>
/// <param name="settled">Called when what was at hand has been applied.</param>
internal sealed class TopicFollower(
    KafkaCluster cluster,
    KafkaMetrics metrics,
    IReadOnlyList<TopicPartitionOffset> from,
    Action<ConsumeResult<byte[]?, byte[]?>> apply,
    Action settled) : IAsyncDisposable
{
    private static readonly TimeSpan FetchWait = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _reaching = new();
    private readonly Dictionary<TopicPartition, long> _reached = [];
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConsumer<byte[]?, byte[]?>? _consumer;
    private Task _following = Task.CompletedTask;
    private volatile string? _failure;

    /// <summary>Done once everything has been read that stood in the topics at the start; fails with what the reading ended with.</summary>
    public Task CaughtUp => _caughtUp.Task;

    /// <summary>Why nothing comes any more; null while it does.</summary>
    public string? Failure => _failure;

    /// <remarks>
    /// From 0 and not from <see cref="Offset.Beginning"/>: that the client would first ask for, and it asks again only after half a second
    /// where it does not know the partition's leader yet. Where the beginning is later than 0 the broker says so, and goes on from there
    /// (<c>auto.offset.reset</c>).
    /// </remarks>
    public static IReadOnlyList<TopicPartitionOffset> FromBeginning(params ReadOnlySpan<(string Topic, int Partitions)> topics)
    {
        var all = new List<TopicPartitionOffset>();
        foreach (var (topic, partitions) in topics)
        {
            for (var partition = 0; partition < partitions; partition++)
                all.Add(new TopicPartitionOffset(topic, partition, 0));
        }

        return all;
    }

    /// <summary>Reads partitions once, from their beginnings to where they end.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public static async Task ReadAsync(
        KafkaCluster cluster,
        KafkaMetrics metrics,
        IEnumerable<TopicPartition> partitions,
        Action<ConsumeResult<byte[]?, byte[]?>> apply,
        CancellationToken cancellationToken)
    {
        var reading = new TopicFollower(
            cluster, metrics, [.. partitions.Select(partition => new TopicPartitionOffset(partition, 0))], apply, () => { });
        await using (reading)
        {
            reading.Start();
            await reading.CaughtUp.WaitAsync(cancellationToken);
        }
    }

    public void Start()
    {
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(cluster.Settings.Reader(FetchWait))
            .SetLogHandler(KafkaCluster.Ignore)
            .SetErrorHandler((_, error) => OnError(error))
            .Build();
        _consumer.Assign(from);
        _following = Task.Factory.StartNew(Follow, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Returns once everything is applied that stands in the topics now.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await CaughtUp.WaitAsync(cancellationToken);
        TopicPartition[] partitions = [.. from.Select(start => start.TopicPartition)];
        var ends = await cluster.Offsets.HighWatermarksAsync(partitions, cancellationToken);
        _failure = null;
        while (true)
        {
            Task moved;
            lock (_reaching)
            {
                if (partitions.Zip(ends).All(at => _reached.GetValueOrDefault(at.First) >= at.Second))
                    return;
                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_consumer is { } consumer)
            await Task.Run(consumer.Dispose);
        _stopping.Dispose();
    }

    private void Follow()
    {
        var waiting = from.Select(start => start.TopicPartition).ToHashSet();
        var passed = new Dictionary<TopicPartition, long>();
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var taken = 0;
                for (var result = Next(blocking: true); result is not null; result = Next(blocking: false))
                {
                    _failure = null;
                    passed[result.TopicPartition] = result.Offset.Value + (result.IsPartitionEOF ? 0 : 1);
                    if (result.IsPartitionEOF)
                        waiting.Remove(result.TopicPartition);
                    else
                        Apply(result);
                    if (++taken == 5_000)
                        break;
                }

                settled();
                MarkReached(passed);
                if (waiting.Count == 0)
                    _caughtUp.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            _caughtUp.TrySetCanceled();
        }
        catch (Exception e)
        {
            _failure = e.Message;
            _caughtUp.TrySetException(e);
            throw;
        }
    }

    /// <summary>
    /// Hands on one record. Anyone who may write to the topic can put anything there, so that no record may end the reading: one that its
    /// owner cannot read is skipped, counted and logged. What is in memory stays as the last readable record of its key left it.
    /// </summary>
    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        try
        {
            apply(record);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            cluster.Skip(metrics, record.Topic, record.Partition.Value, record.Offset.Value, e.Message);
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next(bool blocking)
    {
        try
        {
            return blocking ? _consumer!.Consume(_stopping.Token) : _consumer!.Consume(TimeSpan.Zero);
        }
        catch (ConsumeException e)
        {
            OnError(e.Error);
            ConsumerPause.Wait(_stopping.Token);
            return null;
        }
    }

    private void MarkReached(Dictionary<TopicPartition, long> passed)
    {
        TaskCompletionSource moved;
        lock (_reaching)
        {
            foreach (var (partition, next) in passed)
                _reached[partition] = next;
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        passed.Clear();
        moved.SetResult();
    }

    private void OnError(Error error)
    {
        metrics.ClientError();
        if (error.Code == ErrorCode.Local_AllBrokersDown || error.IsFatal || KafkaErrors.IsPermanent(error))
            _failure = error.Reason;
    }
}
