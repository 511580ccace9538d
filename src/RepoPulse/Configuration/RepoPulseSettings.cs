using RepoPulse.GitHub;

namespace RepoPulse.Configuration;

/// <summary>The whole configuration, valid and read once. What each setting means is said in <see cref="SettingsSchema"/>.</summary>
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

    public required ServerSettings Server { get; init; }

    public required LoggingSettings Logging { get; init; }
}

internal sealed record AggregatorSettings
{
    public required IReadOnlyList<string> Urls { get; init; }
}

internal sealed record ApiSettings
{
    /// <summary>Addresses to listen at, such as <c>http://127.0.0.1:8080</c> or <c>http://*:80</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>
    /// Patterns of what is shown: <c>owner/name</c>, <c>owner/*</c> or <c>*</c>, the first two also after <c>!</c> to leave out.
    /// </summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public required bool PublicBadges { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>Null where none are given.</summary>
    public required IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Null for any number.</summary>
    public required int? RequestsPerMinute { get; init; }

    public required int MaxStreams { get; init; }

    public required int MaxStreamsPerClient { get; init; }

    /// <summary>Addresses and networks.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }
}

internal sealed record ArchiverSettings
{
    public required IReadOnlyList<string> Urls { get; init; }
}

internal sealed record CollectorSettings
{
    public required IReadOnlyList<RepositoryName> Repositories { get; init; }

    /// <summary>The organizations' feeds.</summary>
    public required IReadOnlyList<FeedAddress> Organizations { get; init; }

    public required TimeSpan MinPollInterval { get; init; }

    public required TimeSpan MaxPollInterval { get; init; }

    public required string Name { get; init; }

    /// <summary>Null keeps events for ever.</summary>
    public required TimeSpan? RetentionPeriod { get; init; }

    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Every feed to watch, each once.</summary>
    public IReadOnlyList<FeedAddress> Feeds => [.. Repositories.Select(FeedAddress.OfRepository).Concat(Organizations).Distinct()];
}

internal enum EventLogProvider
{
    Sql,
    Kafka,
}

internal sealed record EventLogSettings
{
    public required EventLogProvider Provider { get; init; }

    public bool IsKafka => Provider == EventLogProvider.Kafka;
}

internal sealed record GitHubAppSettings
{
    public required string Id { get; init; }

    public required long InstallationId { get; init; }

    public required AppPrivateKey PrivateKey { get; init; }
}

internal sealed record GitHubSettings
{
    public required Uri ApiUrl { get; init; }

    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Null where none is configured.</summary>
    public required GitHubAppSettings? App { get; init; }

    /// <summary>Whether nothing is configured to ask with, so that the machine's address is all there is.</summary>
    public bool IsAnonymous => Tokens.Count == 0 && App is null;

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxRequestsPerMinute { get; init; }

    public required int MaxConcurrentRequests { get; init; }
}

internal sealed record KafkaSettings
{
    public required IReadOnlyList<string> BootstrapServers { get; init; }

    public required string TopicPrefix { get; init; }

    public required int Partitions { get; init; }

    /// <summary>What is passed on to the client, by its own names.</summary>
    public required IReadOnlyDictionary<string, string> Client { get; init; }
}

internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines: one JSON object a line.</summary>
    Json,
}

internal sealed record LoggingSettings
{
    public required LogLevel Level { get; init; }

    public required LogFormat Format { get; init; }
}

internal sealed record ServerSettings
{
    public required int MaxConnections { get; init; }

    /// <summary>Null where no certificate is configured.</summary>
    public required TlsSettings? Tls { get; init; }
}

internal sealed record StatisticsSettings
{
    public required TimeSpan WindowDuration { get; init; }

    public required int WindowEvents { get; init; }

    public required int BatchSize { get; init; }
}

internal enum StorageProvider
{
    Sqlite,
    Postgres,
}

internal sealed record StorageSettings
{
    public required StorageProvider Provider { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Whether the connection string was given, and is not the default.</summary>
    public required bool IsSet { get; init; }
}

/// <summary>Where the certificate and its private key are, as full paths.</summary>
internal sealed record TlsSettings(string CertificateFile, string KeyFile);

internal sealed record WebhooksSettings
{
    /// <summary>Null switches webhooks off.</summary>
    public required string? Secret { get; init; }

    public required int MaxBytesInFlight { get; init; }

    public required TimeSpan BodyTimeout { get; init; }
}
