namespace RepoPulse.Configuration;

internal enum EventLogProvider
{
    Sql,
    Kafka,
}
