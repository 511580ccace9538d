using Microsoft.Extensions.DependencyInjection;

namespace RepoPulse.Collector.Webhooks;

public static class WebhookServiceCollectionExtensions
{
    /// <summary>
    /// Adds what takes webhooks, to a collector that is added as well. Needs a store with an inbox for them; <see cref="WebhookEndpoints.MapWebhooks"/>
    /// opens the door.
    /// </summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(options);
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookEndpoint>();
        return services;
    }
}
