using RepoPulse.Api;
using RepoPulse.Collector;
using RepoPulse.Collector.Retention;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Configuration;
using RepoPulse.GitHub;
using RepoPulse.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.Hosting;

/// <summary>What each module takes from the configuration.</summary>
internal static class ModuleOptions
{
    public static GitHubOptions ToOptions(this GitHubSettings settings) => new()
    {
        ApiUrl = settings.ApiUrl,
        Tokens = settings.Tokens,
        App = settings.App is { } app ? new() { Id = app.Id, InstallationId = app.InstallationId, PrivateKey = app.PrivateKey } : null,
        RequestTimeout = settings.RequestTimeout,
        MaxRequestsPerMinute = settings.MaxRequestsPerMinute,
        MaxConcurrentRequests = settings.MaxConcurrentRequests,
    };

    public static CollectorOptions ToOptions(this CollectorSettings settings, GitHubSettings gitHub) => new()
    {
        Name = settings.Name,
        Feeds = settings.Feeds,
        MinPollInterval = settings.MinPollInterval,
        MaxPollInterval = settings.MaxPollInterval,
        RetentionPeriod = settings.RetentionPeriod,
        MaxConcurrentPolls = gitHub.MaxConcurrentRequests,
    };

    public static RetentionOptions ToRetention(this CollectorSettings settings) => new(settings.RetentionPeriod);

    public static KafkaOptions ToKafkaOptions(this RepoPulseSettings settings) => new()
    {
        BootstrapServers = settings.Kafka.BootstrapServers,
        TopicPrefix = settings.Kafka.TopicPrefix,
        Partitions = settings.Kafka.Partitions,
        RetentionPeriod = settings.Collector.RetentionPeriod,
        Client = settings.Kafka.Client,
    };

    /// <summary>Null where webhooks are switched off.</summary>
    public static WebhookOptions? ToOptions(this WebhooksSettings settings) => settings.Secret is { } secret
        ? new() { Secret = secret, MaxBytesInFlight = settings.MaxBytesInFlight, BodyTimeout = settings.BodyTimeout }
        : null;

    public static AggregatorOptions ToOptions(this StatisticsSettings settings) =>
        new() { Window = settings.ToWindow(), BatchSize = settings.BatchSize };

    public static WindowOptions ToWindow(this StatisticsSettings settings) =>
        new() { Duration = settings.WindowDuration, MaxEvents = settings.WindowEvents };

    public static ApiOptions ToOptions(this ApiSettings settings, StatisticsSettings statistics) => new()
    {
        Repositories = settings.Repositories,
        Keys = settings.Keys,
        PublicBadges = settings.PublicBadges,
        AllowedOrigins = settings.AllowedOrigins,
        AllowedHosts = settings.AllowedHosts ?? AllowedHosts.DefaultFor(settings.Urls),
        RequestsPerMinute = settings.RequestsPerMinute,
        MaxStreams = settings.MaxStreams,
        MaxStreamsPerClient = settings.MaxStreamsPerClient,
        TrustedProxies = settings.TrustedProxies,
        Window = statistics.ToWindow(),
    };
}
