using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Polls every watched feed when it is due, several at once. A poll that fails in the store is tried again with growing waits, from the
/// cursor that the store holds. On shutdown nothing new is begun, and what is under way is given time to end.
/// </summary>
internal sealed partial class PollingService(
    PollCoordinator rounds, CollectorStatus status, TimeProvider time, Random random, ILogger<PollingService> logger) : BackgroundService
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(6);

    /// <summary>For giving the feeds back; a collector that cannot in this time lets the leases run out.</summary>
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(1);

    private readonly Channel<(FeedAddress Feed, PollResult? Result)> _finished = Channel.CreateUnbounded<(FeedAddress, PollResult?)>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var draining = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var loop = new ServiceLoop(
            time,
            random,
            new()
            {
                Lost = (failure, wait) => LogStoreFailed(LogLevel.Warning, failure, wait),
                StillLost = (failure, wait) => LogStoreFailed(LogLevel.Debug, failure, wait),
                Found = OnFound,
                Failed = failure => status.Failed(failure.Message),
            },
            new LoopOptions { MaxBackoff = TimeSpan.FromSeconds(5) });
        try
        {
            await loop.RunAsync(cancellation => IterateAsync(loop, draining.Token, cancellation), stoppingToken);
        }
        finally
        {
            await DrainAsync(draining);
            await ReleaseAsync();
        }
    }

    /// <summary>Takes back what has ended, starts what is due, and waits for either.</summary>
    private async ValueTask IterateAsync(ServiceLoop loop, CancellationToken draining, CancellationToken cancellationToken)
    {
        while (_finished.Reader.TryRead(out var ended))
            rounds.End(ended.Feed, ended.Result);
        await rounds.RefreshAsync(cancellationToken);
        loop.Recovered();
        while (rounds.TryBegin(out var feed))
            _ = PollAsync(feed, draining);

        var wait = rounds.NextDue - time.GetSteadyNow();
        if (wait <= TimeSpan.Zero)
            return;
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finished = _finished.Reader.WaitToReadAsync(alarm.Token).AsTask();
        await Task.WhenAny(finished, Task.Delay(wait, time, alarm.Token));
        await alarm.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PollAsync(FeedAddress feed, CancellationToken draining)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var result = await rounds.PollAsync(feed, draining);
        _finished.Writer.TryWrite((feed, result));
    }

    private async Task DrainAsync(CancellationTokenSource draining)
    {
        draining.CancelAfter(DrainTime);
        while (rounds.UnderWay > 0)
        {
            var (feed, result) = await _finished.Reader.ReadAsync(CancellationToken.None);
            rounds.End(feed, result);
        }
    }

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(ReleaseTime, time);
        try
        {
            await rounds.ReleaseAsync(limit.Token);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            LogNotReleased(e);
        }
    }

    private void OnFound(TimeSpan lostFor)
    {
        status.Recovered();
        LogStoreBack();
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "The feeds could not be given back; other collectors take them over once their leases have run out")]
    private partial void LogNotReleased(Exception exception);

    [LoggerMessage(
        EventId = 2, Message = "The list of feeds cannot be registered or shared out, so nothing is polled; trying again in {Wait}")]
    private partial void LogStoreFailed(LogLevel level, Exception exception, TimeSpan wait);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The store is back: polling goes on")]
    private partial void LogStoreBack();
}
