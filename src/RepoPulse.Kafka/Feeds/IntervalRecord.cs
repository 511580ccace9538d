namespace RepoPulse.Kafka.Feeds;

internal sealed record IntervalRecord(DateTimeOffset From, DateTimeOffset To, int State, string? Reason);
