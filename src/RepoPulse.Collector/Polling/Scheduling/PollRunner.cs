using Microsoft.Extensions.Logging;

namespace RepoPulse.Collector.Polling;

/// <summary>Polls a feed from the cursor that the store holds, and keeps what goes wrong with it from the other feeds.</summary>
internal sealed partial class PollRunner(
    IFeedStore store, FeedPoller poller, CollectorStatus status, TimeProvider time, ILogger<PollRunner> logger)
{
    /// <summary>Never throws: null where the poll came to nothing.</summary>
    public async Task<PollResult?> PollAsync(FeedAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var cursor = await store.ReadCursorAsync(address, cancellationToken);
            var result = await poller.PollAsync(new Feed(address, cursor), cancellationToken);
            status.Polled(time.GetUtcNow());
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            // The cursor has not moved. An error of our own must not stop the other feeds; it is loud, and the feed is tried again.
            status.Failed(e.Message);
            LogPollFailed(e, address);
            return null;
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "Polling {Feed} failed; nothing is lost, the cursor has not moved; it is asked again")]
    private partial void LogPollFailed(Exception exception, FeedAddress feed);
}
