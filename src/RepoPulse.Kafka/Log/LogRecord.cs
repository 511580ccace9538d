namespace RepoPulse.Kafka.Log;

/// <summary>An event of the log, and where it stands.</summary>
/// <param name="Partition">Which of the partitions that are read, by its place among them.</param>
internal readonly record struct LogRecord(int Partition, long Offset, EventSource Source, GitHubEvent Event);
