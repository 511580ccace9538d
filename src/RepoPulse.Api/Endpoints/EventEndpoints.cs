using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Contracts;
using RepoPulse.Api.Documents;
using RepoPulse.Api.Http;
using RepoPulse.Api.OpenApi;
using RepoPulse.Api.Queries;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Endpoints;

/// <summary>The stored events of a repository, as GitHub sent them.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/events", Reading.Methods, ListAsync)
            .Describe("listEvents", "Events", "The events of one repository", "GitHub's own JSON as received, newest first: by created_at, then id.")
            .OfOneRepository()
            .Takes(Parameters.EventType, Parameters.Since, Parameters.Until, Parameters.Limit, Parameters.Cursor)
            .AnswersFromStore<EventsPage>()
            .Refuses(StatusCodes.Status501NotImplemented);

    private static async Task ListAsync(HttpContext context, string owner, string name, StatisticsView view)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/events", out var entry, out var answer))
        {
            await answer;
            return;
        }

        var id = entry.Repository.Id;
        var query = new QueryReader(context.Request.Query);
        var limit = query.Limit();
        var types = query.EventTypes();
        var since = query.Since();
        var until = query.Until();
        if (since > until)
            query.Reject("since", "since is after until; a time at or before until is allowed.");
        var filters = FilterPrint.Of(
            "events", [id.ToString(), .. types.Select(type => "eventType=" + type), $"since={since?.UtcTicks}", $"until={until?.UtcTicks}"]);
        var after = query.Cursor<EventPosition>(filters, EventPosition.TryParse);
        if (query.Faults.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Faults);
            return;
        }

        if (context.RequestServices.GetService<IEventHistory>() is not { } history)
        {
            await Problems.NoHistoryAsync(context);
            return;
        }

        // One more than asked for tells whether there is a next page. A repository without an id has no event yet.
        IReadOnlyList<GitHubEvent> events = id == RepositoryId.None
            ? []
            : await history.ReadAsync(
                new HistoryQuery { RepositoryId = id, Types = types, Since = since, Until = until, Before = after?.Key, Limit = limit + 1 },
                context.RequestAborted);

        var list = new ListDocument();
        foreach (var held in events.Take(limit))
            list.Add(held.Json);
        await Replies.JsonAsync(context, list.End(events.Count > limit ? new EventPosition(events[limit - 1].Key).Encode(filters) : null));
    }
}
