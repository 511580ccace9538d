using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Endpoints;
using RepoPulse.Api.Http;

namespace RepoPulse.Api.Dashboard;

/// <summary>
/// The page at the root, the reference at <c>/docs</c>, and their files. They are open to all: what they show they ask of the API, with a key where
/// one is needed.
/// </summary>
internal static class DashboardEndpoints
{
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapFile("/", "index.html", PageSecurity.Page);
        routes.MapFile("/theme.js", "theme.js", PageSecurity.Page);
        routes.MapFile("/favicon.svg", "favicon.svg", PageSecurity.Page);
        routes.MapMethods("/assets/{file}", Reading.Methods, (HttpContext context, string file, PageFiles files) =>
            AnswerAsync(context, files.All.GetValueOrDefault($"assets/{file}"), PageSecurity.Page)).ExcludeFromDescription();

        routes.MapFile("/docs", "docs.html", PageSecurity.Reference);
        routes.MapFile("/docs/start.js", "docs.js", PageSecurity.Reference);
        routes.MapMethods("/docs/scalar.js", Reading.Methods, (HttpContext context, ReferenceBundle bundle) =>
            AnswerAsync(context, bundle.File, PageSecurity.Reference)).ExcludeFromDescription();
    }

    private static void MapFile(this IEndpointRouteBuilder routes, string pattern, string name, string policy) =>
        routes.MapMethods(pattern, Reading.Methods, (RequestDelegate)(context =>
            AnswerAsync(context, context.RequestServices.GetRequiredService<PageFiles>().All[name], policy))).ExcludeFromDescription();

    private static Task AnswerAsync(HttpContext context, PageFile? file, string policy)
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
