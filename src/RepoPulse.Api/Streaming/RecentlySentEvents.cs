using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Api.Streaming;

/// <summary>The newest of the events that were sent: the log is at least once, the stream is not.</summary>
internal sealed class RecentlySentEvents(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EventKey, LogPosition> _sent = [];
    private readonly Queue<EventKey> _order = [];

    public bool Contains(EventKey key) => TryGet(key, out _);

    /// <param name="position">Where the log was read to when it was sent.</param>
    public bool TryGet(EventKey key, [MaybeNullWhen(false)] out LogPosition position)
    {
        lock (_lock)
            return _sent.TryGetValue(key, out position);
    }

    public void Add(EventKey key, LogPosition position)
    {
        lock (_lock)
        {
            if (!_sent.TryAdd(key, position))
                return;
            _order.Enqueue(key);
            if (_order.Count > capacity)
                _sent.Remove(_order.Dequeue());
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _sent.Clear();
            _order.Clear();
        }
    }
}
