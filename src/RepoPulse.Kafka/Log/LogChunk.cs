namespace RepoPulse.Kafka.Log;

/// <summary>Some records, and how far the partitions are read with them: past what stands there and is no event, too.</summary>
internal sealed record LogChunk(List<LogRecord> Records, List<(int Partition, long Next)> Reached);
