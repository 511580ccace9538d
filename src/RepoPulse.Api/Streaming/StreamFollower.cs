using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Api.Metrics;
using RepoPulse.Api.View;
using RepoPulse.Core.Hosting;

namespace RepoPulse.Api.Streaming;

/// <summary>
/// Follows the log once for all readers, while there are any and a minute longer: who reconnects finds what it missed in memory. A failure
/// of the store costs a wait; the readers hear that the stream is alive meanwhile.
/// </summary>
internal sealed partial class StreamFollower(
    StreamLog log,
    StreamBuffer buffer,
    StatisticsView view,
    ApiMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<StreamFollower> logger)
    : BackgroundService
{
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>How many events are read at once.</summary>
    private const int BatchSize = 256;

    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private StreamIds? _ids;
    private LogPosition _position;
    private long _readAt;

    /// <summary>What was sent lately: some 8 MB of keys.</summary>
    public RecentlySentEvents RecentlySent { get; } = new(capacity: 65_536);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new StatisticsPace(PublishStatistics, time);
        await using var heartbeat = time.CreateTimer(_ => Beat(), null, HeartbeatInterval, HeartbeatInterval);
        view.StatisticsChanged = id =>
        {
            if (buffer.IsOpen)
                pace.Note(id);
        };
        var loop = new ServiceLoop(
            time,
            random,
            new() { Lost = (failure, _) => LogLost(failure), Found = _ => LogFound() },
            Backoff);
        try
        {
            await loop.RunAsync(token => FollowAsync(loop, token), stoppingToken);
        }
        finally
        {
            view.StatisticsChanged = null;
        }
    }

    private async ValueTask FollowAsync(ServiceLoop loop, CancellationToken cancellationToken)
    {
        if (!buffer.IsOpen)
            await BeginAsync(cancellationToken);

        var batch = await log.ReadAsync(_position, BatchSize, cancellationToken);
        loop.Recovered();
        if (batch.Events.Count > 0)
            PublishEvents(batch);
        _position = batch.Position;
        if (buffer.HasReaders())
            _readAt = time.GetTimestamp();
        else if (time.GetElapsedTime(_readAt) >= Linger && buffer.TryClose())
            return;
        if (batch.Events.Count < BatchSize)
            await WaitAsync(cancellationToken);
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await buffer.ArrivedAsync(cancellationToken);
        _ids = await log.GetIdsAsync(cancellationToken);
        _position = await log.ReadEndAsync(cancellationToken);
        _readAt = time.GetTimestamp();
        RecentlySent.Clear();
        buffer.Open(_position);
    }

    private void PublishEvents(EventBatch batch)
    {
        var messages = new List<StreamMessage>(batch.Events.Count);
        var before = _position;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var message = EventMessage.Of(batch.Events[i], before, batch.Positions[i], batch.Supersessions, _ids!);
            before = message.Position;
            // No count may give a hidden repository away. What is remembered of it counts all the same: it may be shown by the next
            // message.
            var isShown = view.Shows(message.RepositoryId, message.Repository);
            if (batch.Repeats.Contains(i) || RecentlySent.Contains(message.Key))
            {
                if (isShown)
                    metrics.EventRepeated();
                continue;
            }

            var isNew = !message.OtherForms.Any(RecentlySent.Contains);
            RecentlySent.Add(message.Key, message.Position);
            foreach (var other in message.OtherForms)
                RecentlySent.Add(other, message.Position);
            if (!isShown)
                continue;
            if (isNew)
                messages.Add(message);
            else
                metrics.EventRepeated();
        }

        buffer.Append(messages, batch.Position);
    }

    private void PublishStatistics(IReadOnlyList<RepositoryId> changed) =>
        buffer.AppendAt(position => changed.Select(id => new StatisticsMessage(position, _ids!.Encode(position), id)));

    private void Beat() => buffer.AppendAt(position => [new Heartbeat(position, _ids!.Encode(position))]);

    private async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await TimedWait.WithinAsync(token => log.WaitForEventsAsync(_position, token), MaxWait, time, cancellationToken);

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "The event log cannot be read for the stream, which stands still; trying again every few seconds")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The event log is read for the stream again")]
    private partial void LogFound();
}

/// <summary>That the stream is alive. It brings an id, so that a reader to whom nothing is sent has not far to go back.</summary>
internal sealed record Heartbeat(LogPosition Position, string Id) : StreamMessage(Position, Id);

/// <summary>
/// That a repository's statistics have changed. What they are is looked up when it is sent: no older ones, and none of what is hidden by
/// then.
/// </summary>
internal sealed record StatisticsMessage(LogPosition Position, string Id, RepositoryId RepositoryId) : StreamMessage(Position, Id);
