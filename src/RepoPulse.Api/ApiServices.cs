using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RepoPulse.Api.Health;
using RepoPulse.Api.Metrics;
using RepoPulse.Api.Streaming;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api;

/// <summary>What the API is made of.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds the API. It takes <see cref="IRepositoryCatalog"/>, <see cref="IEventLogReader"/>, <see cref="ILogSecret"/> and
    /// <see cref="AggregatorStatus"/> from the container, and <see cref="IEventHistory"/> where there is one; it gives the aggregator its
    /// <see cref="IStatisticsSink"/>.
    /// </summary>
    /// <exception cref="FormatException">The options are not valid; ask <see cref="ApiOptions.FindErrors"/> first.</exception>
    public static IServiceCollection AddApi(this IServiceCollection services, ApiOptions options)
    {
        if (options.FindErrors() is { Count: > 0 } faults)
            throw new FormatException(string.Join(' ', faults));
        services.TryAddSingleton(SystemDefaults.Time);
        services.TryAddSingleton(SystemDefaults.Random);
        services.AddLogging();
        services.AddRoutingCore();
        services.AddSingleton(options);
        AddView(services, options);
        AddStream(services);
        AddHealth(services);
        AddDocument(services);
        services.AddSingleton<ProblemBoundary>();
        services.AddMetrics();
        services.TryAddSingleton<ApiMetrics>();
        services.TryAddSingleton<ResponseMemory>();
        services.AddSingleton(new ApiKeys(options.Keys));
        services.AddSingleton<ClientIdentity>();
        services.AddSingleton<QueryQueues>();
        services.AddSingleton(new StreamSlots(options.MaxStreams, options.MaxStreamsPerClient));
        services.AddCors(cors => cors.AddDefaultPolicy(AllowedOriginsPolicy.Create(options.AllowedOrigins)));
        return services;
    }

    private static void AddView(IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(provider =>
            new StatisticsView(options.Window, new VisibilityRules(options.Repositories), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStatisticsSink>(provider => provider.GetRequiredService<StatisticsView>());
        services.AddSingleton<SortedSeries>();
        services.AddSingleton<CatalogStatus>();
        services.AddSingleton<ReadinessGate>();
        services.AddSingleton<StaleAgeMiddleware>();
        services.AddSingleton<CatalogRefresher>();
        services.AddHostedService<CatalogFollower>();
        services.AddHostedService<WindowClock>();
    }

    private static void AddStream(IServiceCollection services)
    {
        services.AddSingleton<StreamLog>();
        services.AddSingleton<StreamBuffer>();
        services.AddSingleton<StreamFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamFollower>());
    }

    private static void AddHealth(IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<AggregatorHealthCheck>("aggregator")
        .AddCheck<CatalogHealthCheck>("catalog");

    private static void AddDocument(IServiceCollection services)
    {
        services.AddOpenApi(ApiDocument.Name, ApiDocument.Configure);
        services.AddSingleton<ServedDocument>();
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJsonContext.Default);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
    }
}
