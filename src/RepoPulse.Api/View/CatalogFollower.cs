using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.Events.Loops;

namespace RepoPulse.Api.View;

/// <summary>Brings the catalog's changes into the view.</summary>
internal sealed partial class CatalogFollower(
    IRepositoryCatalog catalog, StatisticsView view, CatalogStatus status, TimeProvider time, Random random, ILogger<CatalogFollower> logger) : BackgroundService
{
    private long _version;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new ServiceLoop(time, random, Report, failure => failure is StorageException { IsTransient: true });
        try
        {
            await loop.RunAsync(FollowAsync, stoppingToken);
        }
        catch (Exception failure)
        {
            status.SetFailure(failure.Message);
            throw;
        }
    }

    private async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        var changes = await catalog.ReadChangesAsync(_version, cancellationToken);
        if (changes.Repositories.Count > 0)
            view.Apply(changes.Repositories);

        // Only what is in the view is behind us: after a failure the same changes are read again.
        _version = changes.Version;
        status.SetRead();
        await catalog.WaitForChangesAsync(_version, cancellationToken);
    }

    private void Report(Exception failure, TimeSpan wait)
    {
        status.SetFailure(failure.Message);
        Log.Failed(logger, wait, failure);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The catalog of repositories could not be read; trying again in {Wait}")]
        public static partial void Failed(ILogger logger, TimeSpan wait, Exception exception);
    }
}
