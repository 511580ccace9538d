using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events.Loops;
using RepoPulse.Kafka.Groups;
using RepoPulse.Kafka.Statistics;

namespace RepoPulse.Kafka.Archive;

/// <summary>Copies the partitions of the events that the group of archivers gives to this process into a database.</summary>
internal sealed partial class PartitionArchivers(
    KafkaCluster cluster, KafkaMetrics metrics, IEventArchive archive, PartitionShare share, TimeProvider time, Random random, ILogger<PartitionArchivers> logger)
    : BackgroundService
{
    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly Dictionary<int, Copying> _running = [];
    private volatile string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new PartitionGroup(cluster, metrics, cluster.Names.Events, "archivers", logger);
        var loop = new ServiceLoop(time, random, OnFailure, e => e is StorageException { IsTransient: true }, Backoff);
        try
        {
            await loop.RunAsync(cancellation => IterateAsync(group, cancellation), stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(_running.Keys.ToList().Select(StopAsync)).ConfigureAwait(false);
            await group.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask IterateAsync(PartitionGroup group, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken).ConfigureAwait(false);
        var assigned = group.Join();
        foreach (var number in _running.Keys.Where(number => !assigned.Contains(number)).ToList())
            await StopAsync(number).ConfigureAwait(false);
        foreach (var number in assigned.Where(number => !_running.ContainsKey(number)))
            _running.Add(number, Start(number));
        if (_running.Values.Select(copying => copying.Task.Exception?.GetBaseException()).FirstOrDefault(fault => fault is not null) is { } ended)
            throw ended;
        share.Set(group.HasShare, _running.Count, _running.Values.Count(copying => copying.Archiver.IsInStep), _failure);
        await group.WaitForChangeAsync(TimeSpan.FromSeconds(1), time, cancellationToken).ConfigureAwait(false);
    }

    private Copying Start(int number)
    {
        var archiver = new PartitionArchiver(cluster, metrics, archive, number, logger);
        var stopping = new CancellationTokenSource();
        var loop = new ServiceLoop(time, random, OnFailure, e => e is StorageException { IsTransient: true }, Backoff);
        var task = Task.Run(
            () => loop.RunAsync(
                async cancellation =>
                {
                    await archiver.StepAsync(cancellation).ConfigureAwait(false);
                    _failure = null;
                },
                stopping.Token),
            CancellationToken.None);
        return new Copying(archiver, stopping, task);
    }

    private async Task StopAsync(int number)
    {
        if (!_running.Remove(number, out var copying))
            return;
        metrics.Stopped("archivers", number);
        await copying.Stopping.CancelAsync().ConfigureAwait(false);
        await copying.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await copying.Archiver.DisposeAsync().ConfigureAwait(false);
        copying.Stopping.Dispose();
    }

    private void OnFailure(Exception e, TimeSpan wait)
    {
        if (_failure is null)
            LogFailed(e, wait);
        _failure = e.Message;
        share.Set(share.Current.IsKnown, share.Current.Assigned, share.Current.InStep, e.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The events cannot be copied; trying again in {Wait}, then every few seconds")]
    private partial void LogFailed(Exception exception, TimeSpan wait);

    private sealed record Copying(PartitionArchiver Archiver, CancellationTokenSource Stopping, Task Task);
}
