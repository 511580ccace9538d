using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>What each service takes from Kafka.</summary>
public static class KafkaServiceCollectionExtensions
{
    /// <summary>
    /// A few times a second: what an API shows moves no faster for the eye, and a busy repository costs no more than that.
    /// </summary>
    private static readonly TimeSpan PublishInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Adds what every service needs to reach the brokers: <see cref="KafkaCluster"/>. Needs logging and metrics.</summary>
    public static IServiceCollection AddKafka(this IServiceCollection services, KafkaOptions options)
    {
        services.TryAddSingleton(SystemDefaults.Time);
        services.TryAddSingleton(SystemDefaults.Random);
        services.AddSingleton(options);
        services.AddSingleton<KafkaCluster>();
        services.AddSingleton<KafkaMetrics>();
        return services;
    }

    /// <summary>
    /// Adds what a collector and an import write to: event log, watch list, cursors and coverage, shares of the feeds, webhook inbox.
    /// </summary>
    public static IServiceCollection AddKafkaCollector(this IServiceCollection services)
    {
        services.TryAddSingleton<RecordWriter>();
        services.AddSingleton<IEventLogWriter, KafkaEventLogWriter>();
        services.AddSingleton<FeedTopics>();
        services.AddSingleton<FeedPartitions>();
        services.AddSingleton<KafkaFeedStore>();
        services.AddSingleton<IFeedStore>(provider => provider.GetRequiredService<KafkaFeedStore>());
        services.AddSingleton<IWatchList, KafkaWatchList>();
        services.AddSingleton<IFeedLeases, KafkaFeedLeases>();
        services.AddSingleton<IWebhookInbox, KafkaWebhookInbox>();
        return services;
    }

    /// <summary>Adds the service that folds the partitions it is given into the topic of statistics.</summary>
    public static IServiceCollection AddKafkaAggregator(
        this IServiceCollection services, AggregatorOptions options, EvidenceOptions evidence)
    {
        services.AddSingleton(evidence);
        services.AddAggregatorFactory(options with { MinPublishInterval = PublishInterval });
        services.AddSingleton<PartitionOwnership>();
        services.AddHostedService<PartitionAggregators>();
        services.AddHealthChecks().AddCheck<PartitionHealthCheck>("partitions");
        return services;
    }

    /// <summary>
    /// Adds what an API serves from: the catalog, a reader of the log, and the service that follows the statistics in place of an
    /// aggregator and gives them to the <see cref="IStatisticsSink"/>.
    /// </summary>
    public static IServiceCollection AddKafkaStatistics(this IServiceCollection services, AggregatorOptions options)
    {
        services.AddSingleton<AggregatorStatus>();
        services.AddSingleton<CatalogTopics>();
        services.AddSingleton<IRepositoryCatalog, KafkaRepositoryCatalog>();
        services.AddSingleton<IEventLogReader, KafkaEventLog>();
        services.TryAddSingleton<RecordWriter>();
        services.AddSingleton<ILogSecret, KafkaLogSecret>();
        services.AddSingleton<IHostedService>(provider => new StatisticsFollower(
            provider.GetRequiredService<KafkaCluster>(),
            provider.GetRequiredService<CatalogTopics>(),
            provider.GetRequiredService<IStatisticsSink>(),
            options.Window,
            provider.GetRequiredService<AggregatorStatus>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<ILogger<StatisticsFollower>>()));
        return services;
    }

    /// <summary>Adds the service that copies the log into the <see cref="IEventArchive"/>.</summary>
    public static IServiceCollection AddKafkaArchiver(this IServiceCollection services)
    {
        services.AddSingleton<PartitionOwnership>();
        services.AddHostedService<PartitionArchivers>();
        services.AddHealthChecks().AddCheck<PartitionHealthCheck>("partitions");
        return services;
    }
}
