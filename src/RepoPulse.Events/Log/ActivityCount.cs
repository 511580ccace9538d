namespace RepoPulse.Events;

/// <summary>How many events of one type a bucket holds.</summary>
/// <param name="From">The bucket's start, which may lie before the time asked for.</param>
/// <param name="Events">At least 1.</param>
public sealed record ActivityCount(DateTimeOffset From, EventType Type, long Events);
