namespace RepoPulse.Configuration;

internal sealed record EventLogSettings
{
    public required EventLogProvider Provider { get; init; }

    public bool IsKafka => Provider == EventLogProvider.Kafka;
}
