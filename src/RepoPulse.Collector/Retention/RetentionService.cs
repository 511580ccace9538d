using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.Events.Loops;

namespace RepoPulse.Collector.Retention;

/// <summary>Deletes events at the end of the retention period, in small steps with pauses between, so that collecting never waits long.</summary>
public sealed partial class RetentionService(
    IEventRetention retention, RetentionOptions options, RetentionMetrics metrics, TimeProvider time, Random random, ILogger<RetentionService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private bool _failing;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.RetentionPeriod is not { } period)
            return Task.CompletedTask;
        var loop = new ServiceLoop(time, random, OnFailure, e => e is StorageException { IsTransient: true });
        return loop.RunAsync(cancellation => DeleteAsync(period, cancellation), stoppingToken);
    }

    private async ValueTask DeleteAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (await retention.DeleteStepAsync(time.GetUtcNow() - period, cancellationToken).ConfigureAwait(false) is > 0 and var step)
        {
            deleted += step;
            metrics.Expired(step);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        _failing = false;
        if (deleted > 0)
            LogDeleted(deleted, period);
        await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The log is told once; nothing hangs on the minute at which old events go.</summary>
    private void OnFailure(Exception exception, TimeSpan wait)
    {
        LogFailure(_failing ? LogLevel.Debug : LogLevel.Warning, exception, wait);
        _failing = true;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Deleted {Count} events older than {Period}")]
    private partial void LogDeleted(int count, TimeSpan period);

    [LoggerMessage(Message = "Deleting old events failed; trying again in {Wait}")]
    private partial void LogFailure(LogLevel level, Exception exception, TimeSpan wait);
}
