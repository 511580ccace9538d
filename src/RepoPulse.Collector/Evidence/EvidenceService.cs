using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Collector.Retention;
using RepoPulse.Core.Evidence;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Collector.Evidence;

/// <summary>
/// Looks at what the held events say of each other, whichever way they came, and stores where one is missing between them. It follows the
/// log: a repository is looked at again when an event of it arrives, or when what is missing can no longer be late.
/// </summary>
internal sealed partial class EvidenceService(
    IEventLogReader log,
    IEventScan scan,
    IRepositoryCatalog catalog,
    IEvidenceStore store,
    CollectorOptions options,
    RetentionClock clock,
    TimeProvider time,
    Random random,
    ILogger<EvidenceService> logger)
    : BackgroundService
{
    private const int BatchSize = 1000;

    /// <summary>
    /// A look at a repository costs as its history is long: after one, so many times as long as it took are left to others.
    /// </summary>
    private const int PauseFactor = 50;

    /// <summary>At the start all repositories are looked at, one after another, so that polling goes on beside.</summary>
    private static readonly TimeSpan StartSpacing = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<RepositoryId, TimeSpan> _due = [];
    private readonly PriorityQueue<RepositoryId, TimeSpan> _queue = new();
    private readonly Dictionary<RepositoryId, TimeSpan> _notBefore = [];
    private LogPosition? _position;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new ServiceLoop(time, random, new()
        {
            Lost = (failure, wait) => LogFailure(LogLevel.Warning, failure, wait),
            StillLost = (failure, wait) => LogFailure(LogLevel.Debug, failure, wait),
        });
        return options.Evidence == EvidenceMode.Off
            ? loop.RunAsync(ClearAsync, stoppingToken)
            : loop.RunAsync(cancellation => IterateAsync(loop, cancellation), stoppingToken);
    }

    private async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        await store.ClearAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }

    private async ValueTask IterateAsync(ServiceLoop loop, CancellationToken cancellationToken)
    {
        if (_position is null)
        {
            // Before the repositories are listed: what arrives meanwhile is read after it.
            var end = await log.ReadEndAsync(cancellationToken);
            var ordinal = 0;
            foreach (var repository in (await catalog.ReadChangesAsync(0, cancellationToken)).Repositories)
            {
                if (repository.Id != RepositoryId.None)
                    Schedule(repository.Id, time.GetSteadyNow() + (StartSpacing * ordinal++));
            }

            _position = end;
        }

        var position = await FollowAsync(_position.Value, cancellationToken);
        _position = position;
        loop.Recovered();
        while (_queue.TryPeek(out var repository, out var due) && due <= time.GetSteadyNow())
        {
            _queue.Dequeue();
            if (!_due.TryGetValue(repository, out var current) || current != due)
                continue;
            _due.Remove(repository);
            await LookAsync(repository, cancellationToken);
        }

        await WaitAsync(position, cancellationToken);
    }

    /// <summary>Takes note of the repositories whose events arrived.</summary>
    private async ValueTask<LogPosition> FollowAsync(LogPosition position, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await log.ReadAsync(position, BatchSize, cancellationToken);
            if (batch.Events.Count == 0)
                return batch.Position;
            position = batch.Position;
            foreach (var e in batch.Events)
            {
                if (EventEvidence.Types.Contains(e.Type))
                    Schedule(e.RepositoryId, time.GetSteadyNow());
            }
        }
    }

    private async ValueTask LookAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var began = time.GetSteadyNow();
        var now = clock.Now;
        var heldSince = options.RetentionPeriod is { } period ? now - period : DateTimeOffset.MinValue;
        var evidence = new RepositoryEvidence();
        await foreach (var e in scan.ReadAsync(
            new ScanQuery { Repositories = [repository], Types = EventEvidence.Types, Since = heldSince }, cancellationToken))
        {
            if (EventEvidence.TryRead(e, out var read))
                evidence.Add(e.Key.CreatedAt, read);
        }

        var report = evidence.Report(now);
        await store.SaveAsync(
            repository, options.Evidence == EvidenceMode.Declare ? report : report with { Gaps = [] }, heldSince, cancellationToken);
        var ended = time.GetSteadyNow();
        _notBefore[repository] = ended + ((ended - began) * PauseFactor);
        if (report.NextChangeAt is { } next)
            Schedule(repository, ended + (next - now));
    }

    private void Schedule(RepositoryId repository, TimeSpan at)
    {
        if (_notBefore.TryGetValue(repository, out var notBefore) && at < notBefore)
            at = notBefore;
        if (_due.TryGetValue(repository, out var due) && due <= at)
            return;
        _due[repository] = at;
        _queue.Enqueue(repository, at);
    }

    private async ValueTask WaitAsync(LogPosition position, CancellationToken cancellationToken)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrival = log.WaitForEventsAsync(position, alarm.Token).AsTask();
        var wait = _queue.TryPeek(out _, out var due) ? due - time.GetSteadyNow() : Timeout.InfiniteTimeSpan;
        if (wait >= TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
            await Task.WhenAny(arrival, Task.Delay(Capped(wait), time, alarm.Token));
        await alarm.CancelAsync();
        await arrival.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>A timer takes 49 days at most.</summary>
    private static TimeSpan Capped(TimeSpan wait) => wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;

    [LoggerMessage(
        EventId = 1, Message = "The evidence of missing events cannot be looked at; trying again in {Wait}")]
    private partial void LogFailure(LogLevel level, Exception exception, TimeSpan wait);
}
