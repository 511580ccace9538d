using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Kafka;

/// <summary>Copies the partitions of the events that the group of archivers gives to this process into a database.</summary>
internal sealed partial class PartitionArchivers(
    KafkaCluster cluster,
    KafkaMetrics metrics,
    IEventArchive archive,
    PartitionOwnership share,
    TimeProvider time,
    Random random,
    ILogger<PartitionArchivers> logger)
    : BackgroundService
{
    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly Dictionary<int, Copying> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new PartitionGroup(cluster, metrics, cluster.Names.Events, "archivers", logger);
        var loop = Loop(failure => Report(group.HasAssignment, failure.Message));
        try
        {
            await loop.RunAsync(cancellation => IterateAsync(loop, group, cancellation), stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_running.Keys.ToList().Select(StopAsync));
            await group.DisposeAsync();
        }
    }

    private async ValueTask IterateAsync(ServiceLoop loop, PartitionGroup group, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        // Before: what is reported in between is then looked at the next time.
        var isKnown = group.HasAssignment;
        var assigned = group.Join();
        foreach (var number in _running.Keys.Where(number => !assigned.Contains(number)).ToList())
            await StopAsync(number);
        foreach (var number in assigned.Where(number => !_running.ContainsKey(number)))
            _running.Add(number, Start(number));
        if (_running.Values.Select(copying => copying.Task.Exception?.GetBaseException()).FirstOrDefault(fault => fault is not null)
            is { } ended)
            throw ended;
        Report(isKnown, failure: null);
        loop.Recovered();
        await group.WaitForChangeAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
    }

    private Copying Start(int number)
    {
        var archiver = new PartitionArchiver(cluster, metrics, archive, number, logger);
        var stopping = new CancellationTokenSource();
        var copying = new Copying(archiver, stopping);
        var loop = Loop(failure => copying.Failure = failure.Message);
        copying.Task = Task.Run(
            () => loop.RunAsync(
                async cancellation =>
                {
                    var hasMore = await archiver.StepAsync(cancellation);
                    copying.Failure = null;
                    loop.Recovered();
                    if (!hasMore)
                        await archiver.WaitAsync(cancellation);
                },
                stopping.Token),
            CancellationToken.None);
        return copying;
    }

    private ServiceLoop Loop(Action<Exception> failed) => new(
        time,
        random,
        new()
        {
            Lost = (failure, wait) => LogFailed(LogLevel.Warning, failure, wait),
            StillLost = (failure, wait) => LogFailed(LogLevel.Debug, failure, wait),
            Found = lostFor => LogFound(lostFor.TotalSeconds),
            Failed = failed,
        },
        Backoff);

    private async Task StopAsync(int number)
    {
        if (!_running.Remove(number, out var copying))
            return;
        metrics.Stopped("archivers", number);
        await copying.Stopping.CancelAsync();
        await copying.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await copying.Archiver.DisposeAsync();
        copying.Stopping.Dispose();
    }

    /// <summary>What all partitions of this process come to together.</summary>
    private void Report(bool isKnown, string? failure) => share.Set(
        isKnown,
        _running.Count,
        _running.Values.Count(copying => copying.Archiver.IsInStep),
        failure ?? _running.Values.Select(copying => copying.Failure).FirstOrDefault(reason => reason is not null));

    [LoggerMessage(EventId = 1, Message = "The events cannot be copied; trying again in {Wait}, then every few seconds")]
    private partial void LogFailed(LogLevel level, Exception exception, TimeSpan wait);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The events are copied again, after {Seconds:F1} s")]
    private partial void LogFound(double seconds);

    private sealed class Copying(PartitionArchiver archiver, CancellationTokenSource stopping)
    {
        private volatile string? _failure;

        public PartitionArchiver Archiver => archiver;

        public CancellationTokenSource Stopping => stopping;

        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>Why the last step failed; null where it did not.</summary>
        public string? Failure
        {
            get => _failure;
            set => _failure = value;
        }
    }
}
