using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Collector.Retention;

/// <summary>
/// Deletes events at the end of the retention period, in small steps with pauses between, so that collecting never waits long.
/// </summary>
public sealed partial class RetentionService(
    IEventRetention retention,
    RetentionOptions options,
    RetentionMetrics metrics,
    RetentionClock clock,
    TimeProvider time,
    Random random,
    ILogger<RetentionService> logger,
    CollectorStatus? collector = null)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether GitHub is going to say whether the machine's clock is right. Where no feed is watched it is never asked.</summary>
    private bool AwaitsGitHub => !clock.IsChecked && collector?.Current.Feeds is not 0;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.RetentionPeriod is not { } period)
            return Task.CompletedTask;
        // Nothing depends on the minute at which old events go.
        var loop = new ServiceLoop(time, random, new()
        {
            Lost = (failure, wait) => LogFailure(LogLevel.Warning, failure, wait),
            StillLost = (failure, wait) => LogFailure(LogLevel.Debug, failure, wait),
        });
        return loop.RunAsync(cancellation => DeleteAsync(loop, period, cancellation), stoppingToken);
    }

    private async ValueTask DeleteAsync(ServiceLoop loop, TimeSpan period, CancellationToken cancellationToken)
    {
        var deleted = 0;

        // What is deleted is gone: a process that started with a clock far ahead waits for GitHub to put it right.
        while (!AwaitsGitHub && await retention.DeleteStepAsync(clock.Now - period, cancellationToken) is > 0 and var step)
        {
            deleted += step;
            metrics.Expired(step);
            await Task.Delay(Pause, time, cancellationToken);
        }

        loop.Recovered();
        if (deleted > 0)
            LogDeleted(deleted, period);
        await Task.Delay(Interval, time, cancellationToken);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Deleted {Count} events older than {Period}")]
    private partial void LogDeleted(int count, TimeSpan period);

    [LoggerMessage(EventId = 2, Message = "Deleting old events failed; trying again in {Wait}")]
    private partial void LogFailure(LogLevel level, Exception exception, TimeSpan wait);
}

/// <param name="RetentionPeriod">Null keeps events for ever.</param>
public sealed record RetentionOptions(TimeSpan? RetentionPeriod);
