using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Dashboard;
using RepoPulse.Api.Endpoints;
using RepoPulse.Api.Health;
using RepoPulse.Api.Http;
using RepoPulse.Api.Limits;
using RepoPulse.Api.OpenApi;
using RepoPulse.Api.View;

namespace RepoPulse.Api;

/// <summary>What the API answers, and what every request passes on its way.</summary>
public static class ApiEndpoints
{
    /// <summary>Puts the API into the application: first what every request passes, outermost first, then the endpoints.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<ApiOptions>();

        app.Use(AnswerSecurity.InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemBoundary>().InvokeAsync);
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ProxyNetworks.Options(options.TrustedProxies));
        app.UseRouting();
        if (options.AllowedOrigins.Count > 0)
            app.UseCors();
        var keys = new ApiKeys(options.Keys);
        if (options.RequestsPerMinute is { } limit)
            app.Use(ActivatorUtilities.CreateInstance<RequestLimiter>(app.Services, limit, keys).InvokeAsync);
        if (options.Keys.Count > 0)
            app.Use(keys.InvokeAsync);
        app.Use(app.Services.GetRequiredService<Readiness>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<Staleness>().InvokeAsync);

        app.MapRepositories();
        app.MapStatistics();
        app.MapEvents();
        app.MapActivity();
        app.MapCoverage();
        app.MapStream();
        app.MapBadges(open: options.PublicBadges);
        app.MapHealth();
        app.MapDocument();
        app.MapDashboard();
        return app;
    }

    /// <summary>Puts liveness and readiness alone into the application of a role that serves nothing else.</summary>
    public static WebApplication MapHealthOnly(this WebApplication app)
    {
        app.Use(AnswerSecurity.InvokeAsync);
        app.UseRouting();
        app.MapHealth();
        return app;
    }

    private static void MapDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(ApiDocument.Path, Reading.Methods, (HttpContext context, ServedDocument document) => document.WriteAsync(context))
            .ExcludeFromDescription();
}
