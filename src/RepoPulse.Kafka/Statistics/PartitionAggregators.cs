using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>Folds the partitions of the events that the group of aggregators gives to this process.</summary>
internal sealed partial class PartitionAggregators(
    KafkaCluster cluster,
    KafkaMetrics metrics,
    AggregatorFactory factory,
    EvidenceOptions evidence,
    AggregatorStatus status,
    PartitionOwnership share,
    TimeProvider time,
    Random random,
    ILogger<PartitionAggregators> logger) : BackgroundService
{
    /// <summary>How often it is published how far the partitions are. Followers rely on it: see <see cref="StatisticsFollower"/>.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2);

    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly Dictionary<int, PartitionAggregator> _running = [];
    private PartitionGroup? _group;
    private bool _isKnown;
    private int _assigned;
    private long _progressAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new ServiceLoop(
            time,
            random,
            new()
            {
                Lost = (failure, wait) => LogFailed(LogLevel.Warning, failure, wait),
                StillLost = (failure, wait) => LogFailed(LogLevel.Debug, failure, wait),
                Found = lostFor => LogFound(lostFor.TotalSeconds),
                Failed = failure => Report(failure.Message),
            },
            Backoff);
        try
        {
            await loop.RunAsync(cancellation => IterateAsync(loop, cancellation), stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_running.Keys.ToList().Select(number => StopAsync(number).AsTask()));
            if (_group is not null)
                await _group.DisposeAsync();
        }
    }

    private async ValueTask IterateAsync(ServiceLoop loop, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        _group ??= new PartitionGroup(cluster, metrics, cluster.Names.Events, "aggregators", logger);
        // Before: what is reported in between is then looked at the next time.
        _isKnown = _group.HasAssignment;
        var assigned = _group.Join();
        _assigned = assigned.Count;
        await FollowGroupAsync(assigned, cancellationToken);
        if (time.GetElapsedTime(_progressAt) >= ProgressInterval)
            await PublishProgressAsync(cancellationToken);
        Report(failure: null);
        loop.Recovered();
        await _group.WaitForChangeAsync(TimeSpan.FromMilliseconds(500), time, cancellationToken);
    }

    private async ValueTask FollowGroupAsync(HashSet<int> assigned, CancellationToken cancellationToken)
    {
        foreach (var (number, aggregator) in _running.ToList())
        {
            if (aggregator.Error is { } fault)
                throw fault;
            if (!assigned.Contains(number) || aggregator.IsFenced)
                await StopAsync(number);
        }

        var starting = assigned.Where(number => !_running.ContainsKey(number)).ToDictionary(
            number => number,
            number => PartitionAggregator.StartAsync(cluster, metrics, factory, evidence, number, time, cancellationToken));
        Task all = Task.WhenAll(starting.Values);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (number, start) in starting)
        {
            if (start.IsCompletedSuccessfully)
                _running.Add(number, await start);
        }

        await all;
    }

    private async ValueTask StopAsync(int number)
    {
        if (!_running.Remove(number, out var aggregator))
            return;
        metrics.Stopped("aggregators", number);
        await aggregator.DisposeAsync();
    }

    private async ValueTask PublishProgressAsync(CancellationToken cancellationToken)
    {
        foreach (var (number, aggregator) in _running)
        {
            try
            {
                await aggregator.PublishProgressAsync(cancellationToken);
                await aggregator.MeasureAsync(metrics, cancellationToken);
            }
            catch (StorageException e) when (e.IsTransient && aggregator.IsFenced)
            {
                LogFenced(number);
            }
        }

        _progressAt = time.GetTimestamp();
    }

    /// <summary>What all partitions of this process come to together.</summary>
    private void Report(string? failure)
    {
        AggregatorStatus.Snapshot[] parts = [.. _running.Values.Select(aggregator => aggregator.Status.Current)];
        status.Set(new(
            LogPosition.Start,
            parts.Sum(part => part.EventsFolded),
            parts.Sum(part => part.Repositories),
            parts.Sum(part => part.Series),
            failure ?? parts.Select(part => part.Failure).FirstOrDefault(reason => reason is not null))
        {
            InStepAt = parts.Length == 0 ? null : parts.Min(part => part.InStepAt),
        });
        var caughtUp = _running.Values.Count(aggregator => aggregator.Status.CaughtUp);
        share.Set(_isKnown, _assigned, caughtUp, failure);
        if (_isKnown && failure is null && caughtUp == _assigned)
            status.SetCaughtUp();
    }

    [LoggerMessage(EventId = 1, Message = "The events cannot be folded; trying again in {Wait}")]
    private partial void LogFailed(LogLevel level, Exception exception, TimeSpan wait);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The events are folded again, after {Seconds:F1} s")]
    private partial void LogFound(double seconds);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Partition {Partition} was taken over by another aggregator")]
    private partial void LogFenced(int partition);
}
