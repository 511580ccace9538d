namespace RepoPulse.Events;

/// <summary>A watched feed and how far it has been read.</summary>
public sealed record Feed(FeedAddress Address, FeedCursor Cursor);
