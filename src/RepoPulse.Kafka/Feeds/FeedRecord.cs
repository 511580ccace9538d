namespace RepoPulse.Kafka.Feeds;

/// <summary>That a feed is on a collector's list. Its key is the address in small letters and the collector; with no value it is on it no more.</summary>
internal sealed record FeedRecord(string Feed, string Collector);
