using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Activity;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Events;
using RepoPulse.Api.Health;
using RepoPulse.Api.Metrics;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.Statistics;
using RepoPulse.Api.Streaming;

namespace RepoPulse.Api;

/// <summary>The endpoints of the API, and what every request passes on its way.</summary>
public static class ApiEndpoints
{
    /// <summary>Puts the API into the application: first what every request passes, outermost first, then the endpoints.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<ApiOptions>();

        app.Use(ResponseSecurity.InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemBoundary>().InvokeAsync);
        app.Use(new AllowedHosts(options.AllowedHosts, app.Services.GetRequiredService<ApiMetrics>()).InvokeAsync);
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ProxyNetworks.Options(options.TrustedProxies));
        app.UseRouting();
        if (options.AllowedOrigins.Count > 0)
            app.UseCors();
        if (options.RequestsPerMinute is { } limit)
            app.Use(ActivatorUtilities.CreateInstance<RequestLimiter>(app.Services, limit).InvokeAsync);
        if (options.Keys.Count > 0)
            app.Use(app.Services.GetRequiredService<ApiKeys>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<ReadinessGate>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<StaleAgeMiddleware>().InvokeAsync);

        app.MapRepositories();
        app.MapStatistics();
        app.MapEvents();
        app.MapActivity();
        app.MapCoverage();
        app.MapStream();
        app.MapBadges(open: options.PublicBadges);
        app.MapHealth();
        app.MapDocument();
        return app;
    }

    /// <summary>Puts liveness and readiness alone into the application of a role that serves nothing else.</summary>
    public static WebApplication MapHealthOnly(this WebApplication app)
    {
        app.Use(ResponseSecurity.InvokeAsync);
        app.UseRouting();
        app.MapHealth();
        return app;
    }

    private static void MapDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            ApiDocument.Path, StoreRead.Methods, (HttpContext context, ServedDocument document) => document.WriteAsync(context))
            .ExcludeFromDescription();
}
