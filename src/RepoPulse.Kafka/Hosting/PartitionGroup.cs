using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Kafka;

/// <summary>
/// This process's membership in a group that shares the partitions of a topic out among its members: one thread that keeps the membership
/// alive and publishes what it has. The records are read by others; nothing is ever committed.
/// </summary>
/// <param name="group">Without the prefix.</param>
internal sealed partial class PartitionGroup(KafkaCluster cluster, KafkaMetrics metrics, string topic, string group, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>
    /// A member that receives no assignment for so long has nothing: the client need not report an assignment that is empty and was before.
    /// Longer than a member that is gone holds up the others.
    /// </summary>
    private static readonly TimeSpan AssignmentTimeout = ClientSettings.SessionTimeout * 2.5;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _changing = new();
    private readonly HashSet<int> _assigned = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _membership;
    private volatile string? _failure;
    private volatile bool _hasAssignment;
    private long _askedAt = SystemDefaults.Time.GetTimestamp();
    private int _isLeft;

    /// <summary>Whether the group has assigned partitions to this process, or none.</summary>
    public bool HasAssignment =>
        _hasAssignment || (_failure is null && SystemDefaults.Time.GetElapsedTime(Interlocked.Read(ref _askedAt)) > AssignmentTimeout);

    private HashSet<int> Assigned
    {
        get
        {
            lock (_changing)
                return [.. _assigned];
        }
    }

    /// <summary>Joins the group if need be, and returns the partitions that this process has.</summary>
    /// <exception cref="StorageException">It cannot be joined.</exception>
    public HashSet<int> Join()
    {
        if (_membership is null)
        {
            Interlocked.Exchange(ref _askedAt, SystemDefaults.Time.GetTimestamp());
            _membership = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return _failure is { } failure
            ? throw KafkaErrors.Wait(cluster.Options, $"the group of {group} cannot be joined: {failure}")
            : Assigned;
    }

    /// <summary>Returns with the next change of what is assigned, or when a time is over.</summary>
    public async Task WaitForChangeAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_changing)
            changed = _changed.Task;
        await changed.WithinAsync(atMost, time, cancellationToken);
    }

    /// <summary>Leaves the group, so that others need not wait until it is known that this process is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) != 0)
            return;
        await _stopping.CancelAsync();
        if (_membership is not null)
            await _membership.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Run()
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(cluster.Settings.Member(group))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnLost(partitions.Select(partition => partition.Partition.Value)))
            .SetPartitionsLostHandler((_, partitions) => OnPartitionsLost(partitions.Select(partition => partition.Partition.Value)))
            .SetLogHandler(KafkaCluster.Ignore)
            .SetErrorHandler((_, error) => OnError(error))
            .Build();
        consumer.Subscribe(topic);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                // Whatever is handed out is somebody else's to read: paused, so that nothing is fetched for nothing.
                consumer.Consume(_stopping.Token);
                consumer.Pause(consumer.Assignment);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (ConsumeException e)
            {
                OnError(e.Error);
                ConsumerPause.Wait(_stopping.Token);
            }
        }

        try
        {
            consumer.Close();
        }
        catch (KafkaException e)
        {
            LogNotLeft(e, group);
        }
    }

    private IEnumerable<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions)
    {
        _failure = null;
        Change(() =>
        {
            _assigned.UnionWith(partitions.Select(partition => partition.Partition.Value));
            _hasAssignment = true;
        });
        LogAssigned(group, partitions.Count, Assigned.Count);
        return partitions.Select(partition => new TopicPartitionOffset(partition, Offset.End));
    }

    private void OnLost(IEnumerable<int> partitions)
    {
        int[] lost = [.. partitions];
        Change(() => _assigned.ExceptWith(lost));
        LogLost(group, lost.Length, Assigned.Count);
    }

    /// <summary>Until the group is joined again, nothing is known of what it gives.</summary>
    private void OnPartitionsLost(IEnumerable<int> partitions)
    {
        _hasAssignment = false;
        Interlocked.Exchange(ref _askedAt, SystemDefaults.Time.GetTimestamp());
        OnLost(partitions);
    }

    private void OnError(Error error)
    {
        metrics.ClientError();
        if (!KafkaErrors.IsPermanent(error) && !error.IsFatal)
            return;
        _failure = error.Reason;
        LogFailed(group, error.Reason);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_changing)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            metrics.Rebalanced(group, _assigned.Count);
        }

        changed.SetResult();
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "The group {Group} gave this process {Count} partitions; it has {Assigned}")]
    private partial void LogAssigned(string group, int count, int assigned);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "The group {Group} took {Count} partitions from this process; it has {Assigned}")]
    private partial void LogLost(string group, int count, int assigned);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The membership in the group {Group} failed: {Reason}")]
    private partial void LogFailed(string group, string reason);

    [LoggerMessage(
        EventId = 4,
        Level = LogLevel.Debug,
        Message = "The group {Group} could not be left; others wait until it is known that this process is gone")]
    private partial void LogNotLeft(Exception exception, string group);
}
