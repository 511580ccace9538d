namespace RepoPulse.Configuration;

/// <summary>Makes the typed settings from values that were found right.</summary>
internal static class SettingsFactory
{
    public static RepoPulseSettings Create(SettingsValues values, IReadOnlyList<RepositoryName> addedRepositories, SettingsHost host) =>
        new()
    {
        GitHub = new()
        {
            ApiUrl = values.Get(GitHubSchema.ApiUrl),
            Tokens = values.Get(GitHubSchema.Tokens),
            App = CreateApp(values),
            RequestTimeout = values.Get(GitHubSchema.RequestTimeout),
            MaxRequestsPerMinute = values.Get(GitHubSchema.MaxRequestsPerMinute),
            MaxConcurrentRequests = values.Get(GitHubSchema.MaxConcurrentRequests),
        },
        Collector = new()
        {
            Repositories = [.. values.Get(CollectorSchema.Repositories).Concat(addedRepositories).Distinct()],
            Organizations = values.Get(CollectorSchema.Organizations),
            MinPollInterval = values.Get(CollectorSchema.MinPollInterval),
            MaxPollInterval = values.Get(CollectorSchema.MaxPollInterval),
            Name = values.Get(CollectorSchema.Name) ?? host.MachineName,
            RetentionPeriod = values.Get(CollectorSchema.RetentionPeriod),
            Urls = values.Get(CollectorSchema.Urls),
        },
        Aggregator = new() { Urls = values.Get(ApiSchema.AggregatorUrls) },
        Archiver = new() { Urls = values.Get(ApiSchema.ArchiverUrls) },
        Statistics = new()
        {
            WindowDuration = values.Get(StatisticsSchema.WindowDuration),
            WindowEvents = values.Get(StatisticsSchema.WindowEvents),
            BatchSize = values.Get(StatisticsSchema.BatchSize),
        },
        Api = new()
        {
            Urls = values.Get(ApiSchema.Urls),
            Repositories = values.Get(ApiSchema.Repositories),
            Keys = values.Get(ApiSchema.Keys),
            PublicBadges = values.Get(ApiSchema.PublicBadges),
            AllowedOrigins = values.Get(ApiSchema.AllowedOrigins),
            AllowedHosts = values.OriginOf(ApiSchema.AllowedHosts) is null ? null : values.Get(ApiSchema.AllowedHosts),
            RequestsPerMinute = values.Get(ApiSchema.RequestsPerMinute),
            MaxStreams = values.Get(ApiSchema.MaxStreams),
            MaxStreamsPerClient = values.Get(ApiSchema.MaxStreamsPerClient),
            TrustedProxies = values.Get(ApiSchema.TrustedProxies),
        },
        Storage = new()
        {
            Provider = values.Get(StorageSchema.Provider),
            ConnectionString = values.Get(StorageSchema.ConnectionString),
            IsSet = values.OriginOf(StorageSchema.ConnectionString) is not null,
        },
        EventLog = new() { Provider = values.Get(StorageSchema.EventLog) },
        Kafka = new()
        {
            BootstrapServers = values.Get(KafkaSchema.BootstrapServers),
            TopicPrefix = values.Get(KafkaSchema.TopicPrefix),
            Partitions = values.Get(KafkaSchema.Partitions),
            Client = KafkaSecuritySchema.Properties
                .Where(property => values.Get(property.Setting) is not null)
                .ToDictionary(property => property.Name, property => values.Get(property.Setting)!, StringComparer.Ordinal),
        },
        Webhooks = new()
        {
            Secret = values.Get(WebhooksSchema.Secret),
            MaxBytesInFlight = values.Get(WebhooksSchema.MaxBytesInFlight),
            BodyTimeout = values.Get(WebhooksSchema.BodyTimeout),
        },
        Server = new() { MaxConnections = values.Get(ServerSchema.MaxConnections), Tls = TlsRules.FilesOf(values, host.WorkingFolder) },
        Logging = new() { Level = values.Get(LoggingSchema.Level), Format = values.Get(LoggingSchema.Format) },
    };

    /// <summary>All three keys are given, or none.</summary>
    private static GitHubAppSettings? CreateApp(SettingsValues values) => values.Get(GitHubSchema.AppId) is { } id
        ? new()
        {
            Id = id,
            InstallationId = values.Get(GitHubSchema.AppInstallationId)!.Value,
            PrivateKey = values.Get(GitHubSchema.AppPrivateKeyFile)!,
        }
        : null;
}
