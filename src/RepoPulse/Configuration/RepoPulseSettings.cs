namespace RepoPulse.Configuration;

/// <summary>The whole configuration, valid and read once. What each setting means is said in <see cref="Schema.SettingsSchema"/>.</summary>
internal sealed record RepoPulseSettings
{
    public required GitHubSettings GitHub { get; init; }

    public required CollectorSettings Collector { get; init; }

    public required AggregatorSettings Aggregator { get; init; }

    public required ArchiverSettings Archiver { get; init; }

    public required StatisticsSettings Statistics { get; init; }

    public required ApiSettings Api { get; init; }

    public required StorageSettings Storage { get; init; }

    public required EventLogSettings EventLog { get; init; }

    public required KafkaSettings Kafka { get; init; }

    public required WebhooksSettings Webhooks { get; init; }

    public required LoggingSettings Logging { get; init; }
}
