using RepoPulse.Events;

namespace RepoPulse.Collector.Polling;

/// <summary>What a poll came to.</summary>
/// <param name="Cursor">As stored; where a limit kept the feed from being polled, as it was but for the next poll.</param>
/// <param name="Pace">What is known of the feed's pace.</param>
internal readonly record struct PollResult(FeedCursor Cursor, FeedPace Pace);
