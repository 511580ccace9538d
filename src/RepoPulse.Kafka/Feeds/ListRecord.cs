namespace RepoPulse.Kafka.Feeds;

/// <summary>When a collector's list was last registered.</summary>
internal sealed record ListRecord(DateTimeOffset RegisteredAt);
