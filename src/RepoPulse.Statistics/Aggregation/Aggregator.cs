using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Statistics;

/// <summary>
/// Follows the event log and keeps the sink's statistics right: first everything that the windows reach back to, of which nothing is
/// published before the end, then whatever arrives, and whatever changes by time alone.
/// </summary>
/// <remarks>
/// A failure that passes by itself costs a wait and nothing else: the fold ignores what it is given twice, so a read is simply repeated
/// from where the last one ended, and statistics that the sink did not take are kept until it does. While the log is away, what grows too
/// old leaves the statistics with every attempt to read it. Any other failure ends the service with its exception.
/// </remarks>
internal sealed partial class Aggregator(
    IEventLogReader log,
    IStatisticsSink sink,
    AggregatorOptions options,
    AggregatorStatus status,
    AggregatorMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<Aggregator> logger) : BackgroundService
{
    /// <summary>How long statistics may stay unpublished while there is always more to read.</summary>
    private static readonly TimeSpan MaxPublishDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A timer does not see the wall clock being set, nor a machine's sleep, and waiting for events does not prove that the log can be
    /// read: so no wait is longer.
    /// </summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>Readers of the statistics see their age meanwhile, and a read that fails costs little.</summary>
    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly StatisticsFold _fold = new(options.Window);
    private readonly Dictionary<RepositoryId, RepositorySnapshot> _unpublished = [];
    private bool _windowRead;
    private LogPosition _position;
    private DateTimeOffset? _readAgainSince;
    private bool _aheadOfPosition;
    private DateTimeOffset? _endReadAt;
    private long _publishedAt;
    private ServiceLoop? _loop;
    private long _eventsFolded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _loop = new ServiceLoop(
            time,
            random,
            new()
            {
                Lost = (failure, _) => LogLost(failure.Message, failure),
                StillLost = (failure, wait) => LogStillLost(failure.Message, wait.TotalSeconds, failure),
                Found = lostFor => LogFound(lostFor.TotalSeconds),
                Failed = OnFailure,
            },
            Backoff);
        try
        {
            await _loop.RunAsync(IterateAsync, stoppingToken);
        }
        catch (Exception e)
        {
            status.Set(status.Current with { Failure = e.Message });
            throw;
        }
    }

    private async ValueTask IterateAsync(CancellationToken cancellationToken)
    {
        if (!_windowRead)
            await ReadWindowAsync(cancellationToken);
        else
            await ReadNextAsync(cancellationToken);
    }

    private async ValueTask ReadWindowAsync(CancellationToken cancellationToken)
    {
        var position = LogPosition.Start;
        await foreach (var batch in log.ReadSinceAsync(WindowStart(), options.BatchSize, cancellationToken))
        {
            Fold(batch);
            position = batch.Position;
        }

        // Only the last batch's is one to resume from: had the read failed on the way, it would start over. Nothing is published yet: an
        // event that was read may have been superseded while the read went on, and only what follows the position shows it.
        _position = position;
        _windowRead = true;
    }

    private async ValueTask ReadNextAsync(CancellationToken cancellationToken)
    {
        var batch = await ReadBatchOrExpireAsync(cancellationToken);
        if (IsLast(batch) || (status.CaughtUp && !_aheadOfPosition && time.GetElapsedTime(_publishedAt) >= MaxPublishDelay))
        {
            // What is read once more may be ahead of the position, so the log is followed as far before anything is published.
            while (await ReadAgainAsync(cancellationToken))
            {
                do
                    batch = await ReadBatchAsync(cancellationToken);
                while (!IsLast(batch));
            }

            await PublishAsync(cancellationToken);
        }

        if (batch.Events.Count == 0)
            await WaitAsync(cancellationToken);
        await PaceAsync(cancellationToken);
    }

    private async ValueTask PaceAsync(CancellationToken cancellationToken)
    {
        if (options.MinPublishInterval == TimeSpan.Zero || !status.CaughtUp)
            return;
        var left = options.MinPublishInterval - time.GetElapsedTime(_publishedAt);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken);
    }

    private async ValueTask<EventBatch> ReadBatchOrExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBatchAsync(cancellationToken);
        }
        catch (StorageException e) when (e.IsTransient && status.CaughtUp)
        {
            await PublishExpiriesAsync(cancellationToken);
            throw;
        }
    }

    private async ValueTask<EventBatch> ReadBatchAsync(CancellationToken cancellationToken)
    {
        // Before reading: what is appended meanwhile may be in the batch or not.
        var asked = time.GetUtcNow();
        var batch = await log.ReadAsync(_position, options.BatchSize, cancellationToken);
        Fold(batch);
        _position = batch.Position;
        if (IsLast(batch))
        {
            _endReadAt = asked;
            _aheadOfPosition = false;
        }

        return batch;
    }

    private bool IsLast(EventBatch batch) => batch.Events.Count < options.BatchSize;

    private void Fold(EventBatch batch)
    {
        var started = time.GetTimestamp();
        var result = _fold.Apply(batch, time.GetUtcNow());
        _eventsFolded += result.Folded;
        if (batch.Events.Count > 0)
            metrics.BatchFolded(result, time.GetElapsedTime(started));
        ReportStatus(status.Current.Failure, status.Current.InStepAt);
    }

    private async ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        await PublishChangedAsync(cancellationToken);
        _loop?.Recovered();
        ReportStatus(failure: null, _endReadAt);
        if (!status.CaughtUp)
        {
            status.SetCaughtUp();
            LogCaughtUp(_eventsFolded, _fold.Repositories);
        }
    }

    /// <summary>Publishes what time alone changes, while the log is away.</summary>
    private async ValueTask PublishExpiriesAsync(CancellationToken cancellationToken)
    {
        _fold.Advance(time.GetUtcNow());
        _readAgainSince = Earlier(_readAgainSince, _fold.TakeReadAgain());

        // What must be read once more before it is right stays as it was, and everything with it: that is rare, and never new.
        if (_readAgainSince is null && !_aheadOfPosition)
            await PublishChangedAsync(cancellationToken);
    }

    private async ValueTask PublishChangedAsync(CancellationToken cancellationToken)
    {
        foreach (var snapshot in _fold.TakeChanged())
            _unpublished[snapshot.RepositoryId] = snapshot;
        if (_unpublished.Count > 0)
        {
            await sink.PublishAsync([.. _unpublished.Values], cancellationToken);
            metrics.Published(_unpublished.Count);
            _unpublished.Clear();
        }

        _publishedAt = time.GetTimestamp();
    }

    /// <summary>Gives the fold the events that it could not hold until now, if it asks for any.</summary>
    private async ValueTask<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        if ((_readAgainSince = Earlier(_readAgainSince, _fold.TakeReadAgain())) is not { } since)
            return false;
        _aheadOfPosition = true;
        await foreach (var batch in log.ReadSinceAsync(since, options.BatchSize, cancellationToken))
            Fold(batch);
        _readAgainSince = null;
        return true;
    }

    /// <summary>Until there may be events, or statistics change by time alone.</summary>
    private async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await TimedWait.WithinAsync(token => log.WaitForEventsAsync(_position, token), UntilNextChange(), time, cancellationToken);

    private TimeSpan UntilNextChange()
    {
        var wait = _fold.NextChangeAt - time.GetUtcNow() ?? MaxWait;
        if (wait >= MaxWait)
            return MaxWait;
        // A timer counts whole milliseconds and rounds down: without this it would fire early, over and over.
        return TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
    }

    private DateTimeOffset WindowStart()
    {
        var now = time.GetUtcNow();
        return now - DateTimeOffset.MinValue > options.Window.Duration ? now - options.Window.Duration : DateTimeOffset.MinValue;
    }

    private void ReportStatus(string? failure, DateTimeOffset? inStepAt) =>
        status.Set(new(_position, _eventsFolded, _fold.Repositories, _fold.Series, failure) { InStepAt = inStepAt });

    private void OnFailure(Exception e)
    {
        status.Set(status.Current with { Failure = e.Message });
        metrics.AttemptFailed();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "Caught up with the event log: {Events} events folded, {Repositories} repositories in a window")]
    private partial void LogCaughtUp(long events, int repositories);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Warning, Message = "{Failure} Until then the statistics grow old; trying again every few seconds")]
    private partial void LogLost(string failure, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "{Failure} Trying again in {Seconds:F1} s")]
    private partial void LogStillLost(string failure, double seconds, Exception exception);

    [LoggerMessage(
        EventId = 4, Level = LogLevel.Information, Message = "The statistics are in step with the event log again, after {Seconds:F1} s")]
    private partial void LogFound(double seconds);
}
