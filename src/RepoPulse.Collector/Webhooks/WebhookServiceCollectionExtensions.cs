using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RepoPulse.Collector.Webhooks;

public static class WebhookServiceCollectionExtensions
{
    /// <summary>
    /// Adds what takes webhooks, to a collector that is added as well. Needs a store with an inbox for them;
    /// <see cref="WebhookEndpoints.MapWebhooks"/> opens the door.
    /// </summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(options);
        services.AddSingleton(new BodyMemoryBudget(options.MaxBytesInFlight));
        services.AddSingleton<WebhookReceiver>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookEndpoint>();
        return services;
    }
}

public static class WebhookEndpoints
{
    public const string Path = "/webhooks/github";

    /// <summary>Takes GitHub's webhooks at <c>POST /webhooks/github</c>.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        // The API's document describes it by itself, since that says the same on every server.
        routes
            .MapPost(Path, (RequestDelegate)routes.ServiceProvider.GetRequiredService<WebhookEndpoint>().HandleAsync)
            .ExcludeFromDescription();

    /// <summary>Says at the same address that webhooks are switched off.</summary>
    public static void MapNoWebhooks(this IEndpointRouteBuilder routes) =>
        routes.Map(Path, (RequestDelegate)(context => WebhookProblem.WriteAsync(
        context.Response,
        StatusCodes.Status404NotFound,
        "Webhooks are switched off on this server: Webhooks:Secret is not set.",
        context.RequestAborted)))
        .ExcludeFromDescription();
}
