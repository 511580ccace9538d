using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Metrics;

/// <summary>What is measured of a process, and where Prometheus reads it.</summary>
public static class MetricsServices
{
    private const string Path = "/metrics";

    /// <summary>
    /// Collects RepoPulse's own meters and those of the runtime and its servers for <c>/metrics</c>. The statistics of repositories are
    /// among them where the process has an API and asks nobody for a key: this address asks for none.
    /// </summary>
    /// <param name="api">Null where the process has no API.</param>
    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services, ApiOptions? api)
    {
        if (api is { Keys.Count: 0 })
            services.AddSingleton<RepositoryMetrics>();
        services.AddMetrics();
        services.TryAddSingleton(SystemDefaults.Time);
        services.TryAddSingleton<ApiMetrics>();
        services.TryAddSingleton<ResponseMemory>();
        services.AddSingleton<MetricsResponse>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(
                "RepoPulse.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddView(instrument => api is not null && IsHidden(instrument.Meter.Name, api) ? MetricStreamConfiguration.Drop : null)
            // Of no use here, and named as Prometheus's conventions keep for histograms.
            .AddView("dotnet.assembly.count", MetricStreamConfiguration.Drop)
            .AddView("dotnet.process.cpu.count", MetricStreamConfiguration.Drop)
            .AddView("dotnet.timer.count", MetricStreamConfiguration.Drop)
            // Room for those of repositories that are renamed or leave: a series keeps its place once it was reported.
            .AddView("repopulse.repository.*", new MetricStreamConfiguration { CardinalityLimit = 4 * RepositoryMetrics.MaxSeries })
            .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0));
        return services;
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Made here, so that its instruments are there at the first scrape.
        _ = routes.ServiceProvider.GetService<RepositoryMetrics>();
        var scraping = routes.MapPrometheusScrapingEndpoint(Path)
            .WithMetadata(new HttpMethodMetadata(StoreRead.Methods))
            .ExcludeFromDescription();
        scraping.Add(endpoint =>
        {
            var collect = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => routes.ServiceProvider
                .GetRequiredService<MetricsResponse>()
                .InvokeAsync(context, collect);
        });
    }

    /// <summary>An aggregator counts hidden repositories too, and no count may give them away.</summary>
    private static bool IsHidden(string meter, ApiOptions api) =>
        meter == AggregatorMetrics.MeterName && api.Repositories is not ["*"];
}
