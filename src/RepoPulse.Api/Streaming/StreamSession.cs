using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>One reader's way through the stream: what the log holds since it was last told something, then what is told to all.</summary>
internal sealed class StreamSession(
    StreamLog log, StreamBuffer buffer, StreamIds ids, StreamFilter filter, MessageWriter writer, ToldEvents toldToAll, ApiMetrics metrics, TimeProvider time)
{
    private const int PageEvents = 256;
    private const int MessagesAtOnce = 64;

    private readonly ToldEvents _told = new(capacity: 1024);
    private readonly HashSet<RepositoryId> _touched = [];

    /// <summary>How far it read by itself; null where it did not, or has not ended.</summary>
    private LogPosition? _readByItself;

    /// <summary>Tells everything after a position, until the token fires.</summary>
    public async Task ResumeAsync(StreamSubscription reader, LogPosition after, CancellationToken cancellationToken)
    {
        var position = after;
        var spokenAt = time.GetTimestamp();
        while (!buffer.TryJoin(reader, position))
        {
            var page = await log.ReadPageAsync(position, PageEvents, cancellationToken);
            for (var i = 0; i < page.Events.Count; i++)
            {
                var message = EventMessage.Of(page.Events[i], position, page.Positions[i], page.Supersessions, ids);
                position = message.Position;
                if (!page.Repeats.Contains(i) && IsNew(message, after) && filter.Wants(message))
                {
                    Tell(message, message.Id);
                    _touched.Add(message.RepositoryId);
                }

                await writer.FlushIfMuchAsync(cancellationToken);
            }

            position = page.Position;
            if (time.GetElapsedTime(spokenAt) >= StreamFollower.HeartbeatInterval)
            {
                writer.WriteHeartbeat(ids.Encode(position));
                spokenAt = time.GetTimestamp();
            }

            await writer.FlushAsync(cancellationToken);
        }

        _readByItself = position;
        foreach (var repository in _touched)
            TellStatistics(repository, ids.Encode(position));
        await FollowAsync(reader, cancellationToken);
    }

    /// <summary>Tells what is told to all, until the token fires.</summary>
    public async Task FollowAsync(StreamSubscription reader, CancellationToken cancellationToken)
    {
        var messages = new List<StreamMessage>(MessagesAtOnce);
        while (true)
        {
            messages.Clear();
            var more = buffer.Read(reader, messages, MessagesAtOnce);
            foreach (var message in messages)
            {
                Tell(message);
                await writer.FlushIfMuchAsync(cancellationToken);
            }

            if (more.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                continue;
            }

            await writer.FlushAsync(cancellationToken);
            await more.WaitAsync(cancellationToken);
        }
    }

    private void Tell(StreamMessage message)
    {
        var id = message.Id;
        if (_readByItself is { } read)
        {
            // Where the shared messages lie behind, this reader's own id must say more than theirs.
            var isBehind = !message.Position.Covers(read);
            if (message is EventMessage e ? e.Place.IsBefore(read) || IsTold(e) : isBehind)
                return;
            if (isBehind)
                id = ids.Encode(LogPosition.Furthest(message.Position, read));
            else
                _readByItself = LogPosition.Start;
        }

        switch (message)
        {
            case EventMessage e when filter.Wants(e):
                Tell(e, id);
                break;
            case StatisticsMessage statistics:
                TellStatistics(statistics.RepositoryId, id);
                break;
            case Heartbeat:
                writer.WriteHeartbeat(id);
                break;
        }
    }

    private void Tell(EventMessage message, string id)
    {
        writer.WriteEvent(id, message.Json.Span);
        metrics.MessageSent("event");
    }

    private void TellStatistics(RepositoryId repository, string id)
    {
        if (filter.Find(repository) is not { } entry)
            return;
        writer.WriteStatistics(id, entry.Statistics, filter.Types);
        metrics.MessageSent("statistics");
    }

    private bool IsNew(EventMessage message, LogPosition after)
    {
        var isNew = !IsTold(message) && !WasToldBefore(message.Key, after) && !message.OtherForms.Any(key => WasToldBefore(key, after));
        _told.Add(message.Key, message.Position);
        return isNew;
    }

    private bool IsTold(EventMessage message) => _told.Contains(message.Key) || message.OtherForms.Any(_told.Contains);

    /// <summary>Whether it was told to all before the place from which this reader goes on.</summary>
    private bool WasToldBefore(EventKey key, LogPosition after) => toldToAll.TryGet(key, out var position) && after.Covers(position);
}
