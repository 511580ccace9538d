using Microsoft.AspNetCore.Http;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Health;

/// <summary>Whether the view is whole. Until it is, nothing is served from it: half a window must never be served.</summary>
internal sealed class ReadinessGate(AggregatorStatus aggregator, CatalogStatus catalog)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public bool Ready => aggregator.CaughtUp && catalog.Read;

    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Ready || context.GetEndpoint()?.Metadata.GetMetadata<NeedsView>() is null
            ? next(context)
            : Problems.UnavailableAsync(
                context,
                Retry,
                "The events held are still being read: the statistics are not complete yet. /health/ready says when they are.");

    /// <summary>Marks an endpoint that serves from the view.</summary>
    internal sealed class NeedsView;
}
