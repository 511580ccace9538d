namespace RepoPulse.Events;

/// <summary>A stretch of a feed's history, from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive).</summary>
/// <param name="Reason">Why it is a gap, in a few words for people; null where it is complete.</param>
public readonly record struct CoverageInterval(DateTimeOffset From, DateTimeOffset To, CoverageState State, string? Reason);
