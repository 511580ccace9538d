using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RepoPulse.Collector.Evidence;
using RepoPulse.Collector.Import;
using RepoPulse.Collector.Polling;
using RepoPulse.Collector.Retention;
using RepoPulse.Core.Evidence;

namespace RepoPulse.Collector;

public static class CollectorServiceCollectionExtensions
{
    /// <summary>Adds polling. Needs the GitHub client, a store, a <see cref="TimeProvider"/>, a <see cref="Random"/> and metrics.</summary>
    public static IServiceCollection AddCollector(this IServiceCollection services, CollectorOptions options)
    {
        services.AddIntake(options);
        services.AddSingleton<CollectorStatus>();
        services.AddSingleton<FeedSweeper>();
        services.AddSingleton<PollIntervalPolicy>();
        services.AddSingleton<RateLimitPlanner>();
        services.AddSingleton<RepositoryIdentity>();
        services.AddSingleton<PollResultRecorder>();
        services.AddSingleton<FeedConfirmation>();
        services.AddSingleton<FeedPoller>();
        services.TryAddSingleton<IFeedLeases, SingleCollectorLeases>();
        services.AddSingleton<FeedAssignment>();
        services.AddSingleton<PollRunner>();
        services.AddSingleton<PollCoordinator>();
        services.AddHostedService<PollingService>();
        return services;
    }

    /// <summary>Adds the service that deletes what is older than the retention period from an <see cref="IEventRetention"/>.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RetentionMetrics>();
        services.TryAddSingleton<RetentionClock>();
        services.AddHostedService<RetentionService>();
        return services;
    }

    /// <summary>
    /// Adds the service that looks at what the held events say of each other, over a store that has an <see cref="IEvidenceStore"/>.
    /// </summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services.AddHostedService<EvidenceService>();

    /// <summary>Adds the import of archives alone.</summary>
    public static IServiceCollection AddArchiveImport(this IServiceCollection services, CollectorOptions options)
    {
        services.AddIntake(options);
        services.AddSingleton<ArchiveImporter>();
        return services;
    }

    private static void AddIntake(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CollectorMetrics>();
        services.TryAddSingleton<RetentionClock>();
        services.AddSingleton<EventIntake>();
    }
}
