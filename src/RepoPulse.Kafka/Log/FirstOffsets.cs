namespace RepoPulse.Kafka;

/// <summary>
/// Where events stand first in the log, as many as were read lately. A poll that ends between its events and its cursor is repeated, and
/// its events stand in the log twice; a reader that continues between the two places has received them.
/// </summary>
internal sealed class FirstOffsets(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EventKey, long> _first = [];
    private readonly Queue<EventKey> _order = [];

    /// <summary>Takes note of a place of an event, and says whether it stands in an earlier one, too.</summary>
    /// <param name="offset">In the partition of the event's repository, where all its places are.</param>
    public bool IsRepeat(EventKey key, long offset)
    {
        lock (_lock)
        {
            if (_first.TryGetValue(key, out var first))
            {
                if (offset < first)
                    _first[key] = offset;
                return first < offset;
            }

            _first.Add(key, offset);
            _order.Enqueue(key);
            if (_order.Count > capacity)
                _first.Remove(_order.Dequeue());
            return false;
        }
    }
}
