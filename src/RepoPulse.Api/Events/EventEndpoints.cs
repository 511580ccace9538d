using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Events;

/// <summary>The stored events of a repository, as GitHub sent them.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/events", StoreRead.Methods, ListAsync)
            .Describe(
                "listEvents",
                "Events",
                "The events of one repository",
                "GitHub's own JSON as received, newest first: by created_at, then id.")
            .OfOneRepository()
            .Takes(Parameters.EventType, Parameters.Since, Parameters.Until, Parameters.Limit, Parameters.Cursor)
            .ProducesFromStore<EventsPage>()
            .Refuses(StatusCodes.Status501NotImplemented);

    private static async Task ListAsync(
        HttpContext context,
        string owner,
        string name,
        StatisticsView view,
        QueryQueues queues,
        ClientIdentity clients,
        ResponseMemory memory)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/events", out var entry, out var answer))
        {
            await answer;
            return;
        }

        var id = entry.Repository.Id;
        var query = new QueryReader(context.Request.Query);
        var limit = query.Read(Parameters.Limit);
        var types = query.Read(Parameters.EventType);
        var since = query.Read(Parameters.Since);
        var until = query.Read(Parameters.Until);
        if (since > until)
            query.Reject("since", "since is after until; a time at or before until is allowed.");
        var filters = FilterFingerprint.Of(
            "events",
            [id.ToString(), .. types.Select(type => "eventType=" + type), $"since={since?.UtcTicks}", $"until={until?.UtcTicks}"]);
        var after = query.Cursor<EventPosition>(filters, EventPosition.TryParse);
        if (query.Errors.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Errors);
            return;
        }

        if (context.RequestServices.GetService<IEventHistory>() is not { } history)
        {
            await Problems.NoHistoryAsync(context);
            return;
        }

        // A repository without an id has no event yet.
        if (id == RepositoryId.None)
        {
            await Replies.JsonAsync(context, new ListDocument().End(null));
            return;
        }

        using var response = memory.Open(context);
        var asked = new HistoryQuery { RepositoryId = id, Types = types, Since = since, Until = until, Before = after?.Key, Limit = limit };
        var page = new EventPageReader(history, queues, clients.Of(context), response, asked);
        await page.ReadAsync(last => ListDocument.EndOf(last is { } key ? new EventPosition(key).Encode(filters) : null));
        await Replies.JsonAsync(context, response, page.Length, page.EntityTag, page.WriteAsync);
    }
}
