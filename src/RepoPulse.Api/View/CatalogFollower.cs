using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Api.View;

/// <summary>Brings the catalog's changes into the view.</summary>
internal sealed partial class CatalogFollower(
    CatalogRefresher catalog, CatalogStatus status, TimeProvider time, Random random, ILogger<CatalogFollower> logger) : BackgroundService
{
    /// <summary>Waiting for changes does not prove that the catalog can be read, so no wait is longer.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>Readers of the view see its age meanwhile, and a read that fails costs little.</summary>
    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new ServiceLoop(
            time,
            random,
            new()
            {
                Lost = (failure, _) => LogLost(failure),
                StillLost = (failure, wait) => LogStillLost(wait, failure),
                Found = lostFor => LogFound(lostFor.TotalSeconds),
                Failed = failure => status.SetFailure(failure.Message),
            },
            Backoff);
        try
        {
            await loop.RunAsync(token => FollowAsync(loop, token), stoppingToken);
        }
        catch (Exception failure)
        {
            status.SetFailure(failure.Message);
            throw;
        }
    }

    private async ValueTask FollowAsync(ServiceLoop loop, CancellationToken cancellationToken)
    {
        await catalog.ReadAsync(cancellationToken);
        loop.Recovered();
        await TimedWait.WithinAsync(catalog.WaitForChangesAsync, MaxWait, time, cancellationToken);
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning, Message = "The catalog of repositories cannot be read; trying again every few seconds")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Debug, Message = "The catalog of repositories still cannot be read; trying again in {Wait}")]
    private partial void LogStillLost(TimeSpan wait, Exception exception);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Information, Message = "The catalog of repositories is read again, after {Seconds:F1} s")]
    private partial void LogFound(double seconds);
}
