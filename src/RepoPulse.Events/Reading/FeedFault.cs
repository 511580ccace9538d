namespace RepoPulse.Events.Reading;

/// <summary>An element of a feed that is not an event.</summary>
/// <param name="Index">Its place in the feed, from 0.</param>
/// <param name="Reason">What is wrong with it, in a few words for people.</param>
public readonly record struct FeedFault(int Index, string Reason);
