namespace RepoPulse.Kafka.Feeds;

/// <summary>A token, by what tells it from others, and until when it waits.</summary>
internal sealed record TokenRecord(string Token, DateTimeOffset? WaitsUntil);
