using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>What each service takes from Kafka.</summary>
public static class KafkaServiceCollectionExtensions
{
    /// <summary>Adds what every service needs to reach the brokers: <see cref="KafkaCluster"/>.</summary>
    public static IServiceCollection AddKafka(this IServiceCollection services, KafkaOptions options) => services.AddSingleton(options);

    /// <summary>
    /// Adds what a collector and an import write to: event log, watch list, cursors and coverage, shares of the feeds, webhook inbox.
    /// </summary>
    public static IServiceCollection AddKafkaCollector(this IServiceCollection services) => services;

    /// <summary>Adds the service that folds the partitions it is given into the topic of statistics.</summary>
    public static IServiceCollection AddKafkaAggregator(this IServiceCollection services, AggregatorOptions options) => services.AddSingleton(options);

    /// <summary>
    /// Adds what an API answers from: the catalog, a reader of the log, and the service that follows the statistics in place of an aggregator and
    /// gives them to the <see cref="IStatisticsSink"/>.
    /// </summary>
    public static IServiceCollection AddKafkaStatistics(this IServiceCollection services, AggregatorOptions options) => services.AddSingleton(options);

    /// <summary>Adds the service that copies the log into the <see cref="IEventArchive"/>.</summary>
    public static IServiceCollection AddKafkaArchiver(this IServiceCollection services) => services;
}
