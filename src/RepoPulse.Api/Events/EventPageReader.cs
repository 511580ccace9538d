using System.IO.Hashing;

namespace RepoPulse.Api.Events;

/// <summary>
/// A page of a repository's events, which may be of any size: 1,000 events of 80 kB are 80 MB. It is read once for its entity tag and its
/// length. What was read is kept for sending while there is room for it; else it is read a second time, piece by piece, as the client takes
/// it. So a slow reader holds a piece.
/// </summary>
internal sealed class EventPageReader(IEventHistory history, QueryQueues queues, Client client, ResponseWriter response, HistoryQuery query)
{
    /// <summary>What is read at once where it is kept, and what where it is not.</summary>
    private const long KeptPieceBytes = 1 << 20;
    private const long PassingPieceBytes = 128 << 10;

    /// <summary>Until it is known how large they are.</summary>
    private const int FirstPieceEvents = 128;

    private readonly XxHash128 _hash = new();
    private readonly List<EventKey> _keys = [];
    private List<ReadOnlyMemory<byte>>? _kept = [];
    private ReadOnlyMemory<byte> _end;
    private long _bytesOfEvents;

    public long Length { get; private set; }

    public string EntityTag { get; private set; } = "";

    /// <param name="endOf">What follows the last event: of that event where others follow it, else of null.</param>
    public async ValueTask ReadAsync(Func<EventKey?, ReadOnlyMemory<byte>> endOf)
    {
        Take(ListDocument.Start);
        var before = query.Before;
        var isMore = false;
        for (var isOver = false; !isOver && !isMore;)
        {
            // One more than asked for shows whether there is a next page.
            var limit = Math.Min(query.Limit + 1 - _keys.Count, Estimate(KeptPieceBytes));
            var events = await ReadPieceAsync(queues.Pages, before, limit, KeptPieceBytes);
            isOver = events.Count < limit && events.Sum(e => (long)e.Json.Length) < KeptPieceBytes;
            isMore = _keys.Count + events.Count > query.Limit;
            if (isMore)
                events = [.. events.Take(query.Limit - _keys.Count)];
            Keep(events);
            if (_keys.Count > 0)
                before = _keys[^1];
        }

        _end = endOf(isMore ? before : null);
        Take(_end);
        EntityTag = EntityTags.Of(_hash);
    }

    /// <summary>
    /// Hands the page over. Where it is read again, events that came meanwhile are left out; where one has gone or is no longer the same,
    /// the response is broken off: what was promised of it cannot be kept.
    /// </summary>
    public async ValueTask WriteAsync(Func<ReadOnlyMemory<byte>, ValueTask> write)
    {
        if (_kept is not null)
        {
            foreach (var slice in _kept)
                await write(slice);
            return;
        }

        // The end comes last, so that what goes before it is never taken for the whole.
        if (await TryWriteAgainAsync(write))
            await write(_end);
        else
            response.Cut("changed");
    }

    private async ValueTask<bool> TryWriteAgainAsync(Func<ReadOnlyMemory<byte>, ValueTask> write)
    {
        var hash = new XxHash128();
        var left = Length - _end.Length;
        await TryWriteAsync(ListDocument.Start);
        var before = query.Before;
        for (var i = 0; i < _keys.Count;)
        {
            var events = await ReadPieceAsync(queues.Again, before, Estimate(PassingPieceBytes), PassingPieceBytes);
            foreach (var e in events)
            {
                if (i == _keys.Count || e.Key != _keys[i])
                    continue;
                if ((i++ > 0 && !await TryWriteAsync(ListDocument.Comma)) || !await TryWriteAsync(e.Json))
                    return false;
            }

            // In descending order: what was not met by now will not be.
            if (events.Count == 0 || (i < _keys.Count && events[^1].Key.CompareTo(_keys[i]) < 0))
                return false;
            before = events[^1].Key;
        }

        hash.Append(_end.Span);
        return EntityTags.Of(hash) == EntityTag;

        async ValueTask<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes)
        {
            left -= bytes.Length;
            if (left < 0)
                return false;
            hash.Append(bytes.Span);
            await write(bytes);
            return true;
        }
    }

    private async ValueTask<IReadOnlyList<GitHubEvent>> ReadPieceAsync(QueryQueue queue, EventKey? before, int limit, long maxBytes)
    {
        using var turn = await queue.EnterAsync(client, response.Gone);
        return await history.ReadAsync(query with { Before = before, Limit = limit, MaxBytes = maxBytes }, response.Gone);
    }

    /// <summary>How many events make a piece, nearly: a server may send all that it is asked for, however few are wanted.</summary>
    private int Estimate(long bytes) => _keys.Count == 0
        ? FirstPieceEvents
        : (int)Math.Clamp(bytes * _keys.Count / Math.Max(1, _bytesOfEvents), 1, query.Limit);

    private void Keep(IReadOnlyList<GitHubEvent> events)
    {
        var bytes = events.Sum(e => (long)e.Json.Length);

        // A short page costs no more than its connection does.
        if (_kept is not null && Length + bytes > ResponseWriter.PieceBytes && !response.TryHold(bytes))
        {
            _kept = null;
            response.Release();
        }

        foreach (var e in events)
        {
            if (_keys.Count > 0)
                Take(ListDocument.Comma);
            _keys.Add(e.Key);
            Take(e.Json);
        }

        _bytesOfEvents += bytes;
    }

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        _hash.Append(bytes.Span);
        Length += bytes.Length;
        _kept?.Add(bytes);
    }
}
