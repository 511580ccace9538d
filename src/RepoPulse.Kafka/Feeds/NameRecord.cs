namespace RepoPulse.Kafka.Feeds;

/// <summary>A name that a repository bore, and when it was last seen bearing it.</summary>
internal sealed record NameRecord(string Name, DateTimeOffset LastSeenAt);
