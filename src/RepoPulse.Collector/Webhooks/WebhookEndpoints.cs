using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RepoPulse.Collector.Webhooks;

public static class WebhookEndpoints
{
    public const string Path = "/webhooks/github";

    /// <summary>Takes GitHub's webhooks at <c>POST /webhooks/github</c>.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        // The API's document describes it by itself, since that says the same on every server.
        routes.MapPost(Path, (RequestDelegate)routes.ServiceProvider.GetRequiredService<WebhookEndpoint>().HandleAsync).ExcludeFromDescription();
}
