using RepoPulse.Api.Metrics;

namespace RepoPulse.Api.Streaming;

/// <summary>One reader's way through the stream: what the log holds since it was last sent something, then what is sent to all.</summary>
internal sealed class StreamSession(
    StreamLog log,
    StreamBuffer buffer,
    StreamIds ids,
    StreamFilter filter,
    ResponseWriter response,
    RecentlySentEvents toldToAll,
    ApiMetrics metrics,
    TimeProvider time)
{
    private const int PageEvents = 256;

    /// <summary>What a page of the log may hold, for as long as its reader likes: more where there is room for it.</summary>
    private const int PageBytes = 64 * 1024;
    private const int LargePageBytes = 1024 * 1024;

    /// <summary>From so many on the statistics of what was read are sent in between.</summary>
    private const int MaxTouched = 1024;

    private const int MessagesAtOnce = 64;

    private readonly MessageWriter _writer = new(response);
    private readonly RecentlySentEvents _sent = new(capacity: 1024);
    private readonly HashSet<RepositoryId> _touched = [];

    /// <summary>How far it read by itself; null where it did not, or has not ended.</summary>
    private LogPosition? _readByItself;

    /// <summary>Sends everything after a position, until the token fires.</summary>
    public async Task ResumeAsync(StreamSubscription reader, LogPosition after, CancellationToken cancellationToken)
    {
        var position = after;
        var touchedAt = time.GetTimestamp();
        var spokenAt = time.GetTimestamp();
        var pageBytes = response.TryHold(LargePageBytes) ? LargePageBytes : PageBytes;
        while (!buffer.TryJoin(reader, position))
        {
            var page = await log.ReadPageAsync(position, PageEvents, pageBytes, cancellationToken);
            for (var i = 0; i < page.Events.Count; i++)
            {
                var message = EventMessage.Of(page.Events[i], position, page.Positions[i], page.Supersessions, ids);
                position = message.Position;
                if (!page.Repeats.Contains(i) && IsNew(message, after) && filter.Wants(message))
                {
                    await SendAsync(message, message.Id, cancellationToken);
                    _touched.Add(message.RepositoryId);
                }
            }

            position = page.Position;
            if (_touched.Count >= MaxTouched && time.GetElapsedTime(touchedAt) >= StatisticsPace.Interval)
            {
                await SendChangedStatisticsAsync(position, cancellationToken);
                touchedAt = time.GetTimestamp();
            }

            if (time.GetElapsedTime(spokenAt) >= StreamFollower.HeartbeatInterval)
            {
                _writer.WriteHeartbeat(ids.Encode(position));
                spokenAt = time.GetTimestamp();
            }

            await _writer.FlushAsync(cancellationToken);
        }

        response.Release();
        _readByItself = position;
        await SendChangedStatisticsAsync(position, cancellationToken);
        await FollowAsync(reader, cancellationToken);
    }

    /// <summary>Sends what is sent to all, until the token fires.</summary>
    public async Task FollowAsync(StreamSubscription reader, CancellationToken cancellationToken)
    {
        var messages = new List<StreamMessage>(MessagesAtOnce);
        while (true)
        {
            messages.Clear();
            var more = buffer.Read(reader, messages, MessagesAtOnce);
            foreach (var message in messages)
                await SendAsync(message, cancellationToken);

            if (more.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                continue;
            }

            await _writer.FlushAsync(cancellationToken);
            await more.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask SendChangedStatisticsAsync(LogPosition position, CancellationToken cancellationToken)
    {
        foreach (var repository in _touched)
            await SendStatisticsAsync(repository, ids.Encode(position), cancellationToken);

        // With their room: this reader may stay for days, and its past is of no use to it.
        _touched.Clear();
        _touched.TrimExcess();
    }

    private ValueTask SendAsync(StreamMessage message, CancellationToken cancellationToken)
    {
        var id = message.Id;
        if (_readByItself is { } read)
        {
            // Where the shared messages lie behind, this reader's own id must say more than theirs.
            var isBehind = !message.Position.Covers(read);
            if (message is EventMessage e ? e.Place.IsBefore(read) || WasSent(e) : isBehind)
                return default;
            if (isBehind)
                id = ids.Encode(LogPosition.Furthest(message.Position, read));
            else
                _readByItself = LogPosition.Start;
        }

        switch (message)
        {
            case EventMessage e when filter.Wants(e):
                return SendAsync(e, id, cancellationToken);
            case StatisticsMessage statistics:
                return SendStatisticsAsync(statistics.RepositoryId, id, cancellationToken);
            case Heartbeat:
                _writer.WriteHeartbeat(id);
                return default;
            default:
                return default;
        }
    }

    private ValueTask SendAsync(EventMessage message, string id, CancellationToken cancellationToken)
    {
        metrics.MessageSent("event");
        return _writer.WriteEventAsync(id, message.Json, cancellationToken);
    }

    private ValueTask SendStatisticsAsync(RepositoryId repository, string id, CancellationToken cancellationToken)
    {
        if (filter.Find(repository) is not { } entry)
            return default;
        metrics.MessageSent("statistics");
        return _writer.WriteStatisticsAsync(id, entry.Statistics, filter.Types, cancellationToken);
    }

    private bool IsNew(EventMessage message, LogPosition after)
    {
        var isNew = !WasSent(message) && !WasSentBefore(message.Key, after) && !message.OtherForms.Any(key => WasSentBefore(key, after));
        _sent.Add(message.Key, message.Position);
        return isNew;
    }

    private bool WasSent(EventMessage message) => _sent.Contains(message.Key) || message.OtherForms.Any(_sent.Contains);

    /// <summary>Whether it was sent to all before the place from which this reader goes on.</summary>
    private bool WasSentBefore(EventKey key, LogPosition after) => toldToAll.TryGet(key, out var position) && after.Covers(position);
}
