using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.Events.Loops;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Polls every watched feed when it is due, several at once. A poll that fails in the store is tried again with growing waits, from the cursor that
/// the store holds. On shutdown nothing new is begun, and what is under way is given time to end.
/// </summary>
internal sealed partial class PollScheduler(
    IFeedStore store,
    IWatchList watchList,
    FeedPoller poller,
    PollSchedule schedule,
    CollectorOptions options,
    CollectorStatus status,
    TimeProvider time,
    Random random,
    ILogger<PollScheduler> logger) : BackgroundService
{
    /// <summary>How often the list is registered anew (it lapses after a day) and the lists of others are looked at.</summary>
    private static readonly TimeSpan RegistrationInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(6);

    private readonly Channel<Feed> _finished = Channel.CreateUnbounded<Feed>();
    private readonly PriorityQueue<FeedAddress, DateTimeOffset> _queue = new();
    private readonly Dictionary<FeedAddress, Feed> _feeds = [];
    private readonly HashSet<FeedAddress> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var draining = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var loop = new ServiceLoop(time, random, OnFailure, e => e is StorageException { IsTransient: true });
        try
        {
            await loop.RunAsync(cancellation => IterateAsync(draining.Token, cancellation), stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            await DrainAsync(draining).ConfigureAwait(false);
        }
    }

    /// <summary>Between two registrations: starts what is due and takes back what has ended.</summary>
    private async ValueTask IterateAsync(CancellationToken draining, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await watchList.RegisterAsync(options.Name, options.Feeds, now, cancellationToken).ConfigureAwait(false);
        Adopt(await store.ReadWatchedAsync(now, cancellationToken).ConfigureAwait(false));
        status.Watching(_feeds.Count);
        var until = now + RegistrationInterval;
        while (time.GetUtcNow() < until)
        {
            TakeBack();
            var next = StartDue(draining);
            var wake = next is { } due && due < until ? due : until;
            var wait = wake - time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
                continue;

            // Whichever comes first: a poll that ends, or the next that is due.
            using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var ended = _finished.Reader.WaitToReadAsync(alarm.Token).AsTask();
            await Task.WhenAny(ended, Task.Delay(wait, time, alarm.Token)).ConfigureAwait(false);
            await alarm.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Adopt(IReadOnlyList<Feed> watched)
    {
        foreach (var gone in _feeds.Keys.Except(watched.Select(feed => feed.Address)).ToArray())
            _feeds.Remove(gone);
        foreach (var feed in watched)
        {
            if (_feeds.TryAdd(feed.Address, feed) && !_underWay.Contains(feed.Address))
                Enqueue(feed);
        }
    }

    private void Enqueue(Feed feed)
    {
        // Gone and blocked repositories have no next poll; one that was never polled is due at once.
        var due = feed.Cursor.NextPollAt ?? (feed.Cursor.LastPolledAt is null ? time.GetUtcNow() : null);
        if (due is { } at)
            _queue.Enqueue(feed.Address, at);
    }

    private void TakeBack()
    {
        while (_finished.Reader.TryRead(out var feed))
        {
            _underWay.Remove(feed.Address);
            if (!_feeds.ContainsKey(feed.Address))
                continue;
            _feeds[feed.Address] = feed;
            Enqueue(feed);
        }
    }

    /// <summary>Starts what is due, as far as there is room, and answers when the next is.</summary>
    private DateTimeOffset? StartDue(CancellationToken draining)
    {
        while (_underWay.Count < options.MaxConcurrentPolls && _queue.TryPeek(out var address, out var due))
        {
            if (due > time.GetUtcNow())
                return due;
            _queue.Dequeue();

            // A feed that left the lists and came back may stand in the queue twice: what its cursor says counts.
            if (_feeds.TryGetValue(address, out var feed) && !(feed.Cursor.NextPollAt > time.GetUtcNow()) && _underWay.Add(address))
                _ = PollAsync(feed, draining);
        }

        return null;
    }

    /// <summary>Never throws: whatever happens, the feed comes back through the channel.</summary>
    private async Task PollAsync(Feed feed, CancellationToken draining)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var result = feed;
        try
        {
            result = await poller.PollAsync(feed, draining).ConfigureAwait(false);
            status.Polled(time.GetUtcNow());
        }
        catch (OperationCanceledException) when (draining.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // The cursor has not moved. A fault of our own must not stop the other feeds; it is loud, and the feed is tried again.
            var failures = feed.Cursor.Failures + 1;
            var next = schedule.AfterFailure(time.GetUtcNow(), failures, random.NextDouble());
            result = feed with { Cursor = feed.Cursor with { Failures = failures, NextPollAt = next } };
            status.Failed(e.Message);
            LogPollFailed(e, feed.Address, next);
        }

        _finished.Writer.TryWrite(result);
    }

    private async Task DrainAsync(CancellationTokenSource draining)
    {
        TakeBack();
        draining.CancelAfter(DrainTime);
        while (_underWay.Count > 0)
            _underWay.Remove((await _finished.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)).Address);
    }

    private void OnFailure(Exception exception, TimeSpan wait)
    {
        status.Failed(exception.Message);
        LogStoreFailed(exception, wait);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of feeds cannot be read or registered; trying again in {Wait}")]
    private partial void LogStoreFailed(Exception exception, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {Feed} failed; nothing is lost, the cursor has not moved; asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogPollFailed(Exception exception, FeedAddress feed, DateTimeOffset next);
}
