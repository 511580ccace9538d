namespace RepoPulse.Events;

/// <summary>
/// What makes an event the same event: its id together with its time. Ordered by time, then id, which is the order of every window and list.
/// </summary>
/// <param name="CreatedAt">UTC, to the microsecond: what every store can hold exactly.</param>
public readonly record struct EventKey(EventId Id, DateTimeOffset CreatedAt) : IComparable<EventKey>
{
    public int CompareTo(EventKey other)
    {
        var byTime = CreatedAt.CompareTo(other.CreatedAt);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }
}
