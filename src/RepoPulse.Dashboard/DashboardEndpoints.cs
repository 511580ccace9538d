using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;

namespace RepoPulse.Dashboard;

/// <summary>
/// The page at the root, the reference at <c>/docs</c>, and their files. They are open to all: what they show they ask of the API, with a
/// key where one is needed.
/// </summary>
public static class DashboardEndpoints
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) =>
        services.AddSingleton<PageFiles>().AddSingleton<ReferenceBundle>();

    /// <summary>Maps the page and the reference. A build without the dashboard has neither.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        if (!PageFiles.AreEmbedded)
            return;
        routes.MapFile("/", "index.html", PageSecurity.Page);
        routes.MapFile("/theme.js", "theme.js", PageSecurity.Page);
        routes.MapFile("/favicon.svg", "favicon.svg", PageSecurity.Page);
        routes.MapMethods("/assets/{file}", StoreRead.Methods, (HttpContext context, string file, PageFiles files) =>
            WriteAsync(context, files.All.GetValueOrDefault($"assets/{file}"), PageSecurity.Page)).ExcludeFromDescription();

        routes.MapFile("/docs", "docs.html", PageSecurity.Reference);
        routes.MapFile("/docs/start.js", "docs.js", PageSecurity.Reference);
        routes.MapMethods("/docs/scalar.js", StoreRead.Methods, (HttpContext context, ReferenceBundle bundle) =>
            WriteAsync(context, bundle.File, PageSecurity.Reference)).ExcludeFromDescription();
    }

    private static void MapFile(this IEndpointRouteBuilder routes, string pattern, string name, string policy) =>
        routes.MapMethods(pattern, StoreRead.Methods, (RequestDelegate)(context =>
            WriteAsync(context, context.RequestServices.GetRequiredService<PageFiles>().All[name], policy))).ExcludeFromDescription();

    private static Task WriteAsync(HttpContext context, PageFile? file, string policy)
    {
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        PageSecurity.Apply(context.Response.Headers, policy);
        return Replies.FileAsync(context, file, file.For(context.Request.Headers));
    }
}
