using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Badges;

/// <summary>A repository's statistic for a README.</summary>
internal static class BadgeEndpoints
{
    /// <summary>As long as shields.io and GitHub's image proxy keep a badge anyway.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <param name="open">Whether they are served without a key.</param>
    public static void MapBadges(this IEndpointRouteBuilder routes, bool open)
    {
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/badge.svg", StoreRead.Methods, GetSvg)
            .Describe(
                "getBadge",
                "Badges",
                "A badge of one repository",
                "One value as a picture for a README. Caches may keep it for five minutes.")
            .OfBadge(open)
            .ProducesAs<string>(BadgeSvg.MediaType);
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/badge.json", StoreRead.Methods, GetJson)
            .Describe(
                "getBadgeForShields",
                "Badges",
                "A badge of one repository, for shields.io",
                "The same value in the form that shields.io/endpoint draws.")
            .OfBadge(open)
            .ProducesJson<ShieldsBadge>();
    }

    private static RouteHandlerBuilder OfBadge(this RouteHandlerBuilder endpoint, bool open)
    {
        endpoint.OfOneRepository().Takes(Parameters.EventTypeOfBadge, Parameters.Metric);
        return open ? endpoint.WithMetadata(new AllowAnonymousAttribute()) : endpoint;
    }

    private static Task GetSvg(
        HttpContext context,
        string owner,
        string name,
        StatisticsView view,
        ApiOptions options,
        TimeProvider time) =>
        Get(context, owner, name, view, options, time, "/badge.svg", BadgeSvg.Write, BadgeSvg.MediaType);

    private static Task GetJson(
        HttpContext context, string owner, string name, StatisticsView view, ApiOptions options, TimeProvider time) =>
        Get(context, owner, name, view, options, time, "/badge.json", BadgeJson.Write, Replies.Json);

    private static Task Get(
        HttpContext context, string owner, string name, StatisticsView view, ApiOptions options, TimeProvider time,
        string subPath, Func<Badge, ReadOnlyMemory<byte>> write, string mediaType)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, subPath, out var entry, out var answer))
            return answer;

        var query = new QueryReader(context.Request.Query);
        var type = query.Read(Parameters.EventTypeOfBadge);
        var metric = query.Read(Parameters.Metric);
        return query.Errors.Count > 0
            ? Problems.WrongParametersAsync(context, query.Errors)
            : Replies.CacheableAsync(
                context, write(BadgeText.Create(entry, type, metric, options.Window.Duration, time.GetUtcNow())), mediaType, MaxAge);
    }
}
