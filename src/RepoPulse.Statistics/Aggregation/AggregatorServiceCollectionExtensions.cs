using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace RepoPulse.Statistics;

public static class AggregatorServiceCollectionExtensions
{
    /// <summary>
    /// Adds the service that folds the event log into statistics, and its <see cref="AggregatorStatus"/>. Needs an
    /// <see cref="Events.IEventLogReader"/>, an <see cref="IStatisticsSink"/>, logging and metrics.
    /// </summary>
    public static IServiceCollection AddAggregator(this IServiceCollection services, AggregatorOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<AggregatorStatus>();
        services.AddSingleton<AggregatorMetrics>();
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Aggregator>(provider, new Random()));
        return services;
    }
}
