using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Statistics;

public static class AggregatorServiceCollectionExtensions
{
    /// <summary>
    /// Adds the service that folds the event log into statistics, and its <see cref="AggregatorStatus"/>. Needs an
    /// <see cref="Core.IEventLogReader"/>, an <see cref="IStatisticsSink"/>, logging and metrics.
    /// </summary>
    public static IServiceCollection AddAggregator(this IServiceCollection services, AggregatorOptions options)
    {
        services.TryAddSingleton(SystemDefaults.Time);
        services.TryAddSingleton(SystemDefaults.Random);
        services.AddSingleton(options);
        services.AddSingleton<AggregatorStatus>();
        services.AddSingleton<AggregatorMetrics>();
        services.AddHostedService<Aggregator>();
        return services;
    }

    /// <summary>
    /// Adds what makes aggregators for parts of a log, and one <see cref="AggregatorStatus"/> for all of them, which the maker of the
    /// aggregators writes. Needs logging and metrics.
    /// </summary>
    public static IServiceCollection AddAggregatorFactory(this IServiceCollection services, AggregatorOptions options)
    {
        services.TryAddSingleton(SystemDefaults.Time);
        services.TryAddSingleton(SystemDefaults.Random);
        services.AddSingleton<AggregatorStatus>();
        services.AddSingleton<AggregatorMetrics>();
        services.AddSingleton(provider => new AggregatorFactory(
            options,
            provider.GetRequiredService<AggregatorMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }
}
