using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Contracts;
using RepoPulse.Api.Http;
using RepoPulse.Api.OpenApi;
using RepoPulse.Api.Queries;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Endpoints;

/// <summary>A repository's figure for a README.</summary>
internal static class BadgeEndpoints
{
    /// <summary>As long as shields.io and GitHub's image proxy keep a badge anyway.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <param name="open">Whether they are answered without a key.</param>
    public static void MapBadges(this IEndpointRouteBuilder routes, bool open)
    {
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/badge.svg", Reading.Methods, GetSvg)
            .Describe("getBadge", "Badges", "A badge of one repository", "One figure as a picture for a README. Caches may keep it for five minutes.")
            .OfBadge(open)
            .AnswersAs<string>(BadgeSvg.MediaType);
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/badge.json", Reading.Methods, GetJson)
            .Describe("getBadgeForShields", "Badges", "A badge of one repository, for shields.io", "The same figure in the form that shields.io/endpoint draws.")
            .OfBadge(open)
            .Answers<ShieldsBadge>();
    }

    private static RouteHandlerBuilder OfBadge(this RouteHandlerBuilder endpoint, bool open)
    {
        endpoint.OfOneRepository().Takes(Parameters.EventTypeOfBadge, Parameters.Metric);
        return open ? endpoint.WithMetadata(new AllowAnonymousAttribute()) : endpoint;
    }

    private static Task GetSvg(HttpContext context, string owner, string name, StatisticsView view, ApiOptions options, TimeProvider time) =>
        Get(context, owner, name, view, options, time, "/badge.svg", BadgeSvg.Write, BadgeSvg.MediaType);

    private static Task GetJson(HttpContext context, string owner, string name, StatisticsView view, ApiOptions options, TimeProvider time) =>
        Get(context, owner, name, view, options, time, "/badge.json", BadgeJson.Write, Replies.Json);

    private static Task Get(
        HttpContext context, string owner, string name, StatisticsView view, ApiOptions options, TimeProvider time,
        string subPath, Func<Badge, ReadOnlyMemory<byte>> write, string mediaType)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, subPath, out var entry, out var answer))
            return answer;

        var query = new QueryReader(context.Request.Query);
        var type = query.EventType() ?? EventType.All;
        var metric = query.Metric();
        return query.Faults.Count > 0
            ? Problems.WrongParametersAsync(context, query.Faults)
            : Replies.CacheableAsync(context, write(BadgeText.Create(entry, type, metric, options.Window.Duration, time.GetUtcNow())), mediaType, MaxAge);
    }
}
