using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Statistics;

/// <summary>The statistics of one repository and of all. A response is put together from bytes that are there already.</summary>
internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/statistics", StoreRead.Methods, Get)
            .Describe(
                "getStatistics",
                "Statistics",
                "The statistics of one repository",
                "How often each kind of event happens, over the rolling window.")
            .OfOneRepository()
            .Takes(Parameters.EventTypeOfSeries)
            .ProducesJson<RepositoryStatistics>();
        routes.MapMethods("/api/v1/statistics", StoreRead.Methods, List)
            .Describe("listStatistics", "Statistics", "The statistics of every repository", "By name, or by any value of the total.")
            .Takes(
                Parameters.EventTypeOfSeries,
                Parameters.Repository,
                Parameters.RepositoryId,
                Parameters.Sort,
                Parameters.Limit,
                Parameters.Cursor)
            .ProducesJson<StatisticsPage>();
    }

    private static Task Get(HttpContext context, string owner, string name, StatisticsView view)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/statistics", out var entry, out var answer))
            return answer;

        var document = entry.Statistics;
        if (!context.Request.QueryString.HasValue)
            return Replies.JsonAsync(context, document.Json, document.EntityTag);

        var query = new QueryReader(context.Request.Query);
        var types = query.Read(Parameters.EventTypeOfSeries);
        if (query.Errors.Count > 0)
            return Problems.WrongParametersAsync(context, query.Errors);
        var body = new Body();
        document.AddTo(body, types);
        return Replies.JsonAsync(context, body);
    }

    private static Task List(HttpContext context, StatisticsView view, SortedSeries orders)
    {
        var query = new QueryReader(context.Request.Query);
        var limit = query.Read(Parameters.Limit);
        var types = query.Read(Parameters.EventTypeOfSeries);
        var selection = new RepositorySelection(query.Read(Parameters.Repository), query.Read(Parameters.RepositoryId));
        var sort = query.Read(Parameters.Sort);
        var filters = FilterFingerprint.Of(
            "statistics", [.. selection.Filters, .. types.Select(type => "eventType=" + type), $"sort={sort}"]);
        return sort is null
            ? ListByName(context, view, query, selection, types, filters, limit)
            : ListSortedAsync(context, view, orders, query, selection, types, filters, limit, sort);
    }

    private static Task ListByName(
        HttpContext context,
        StatisticsView view,
        QueryReader query,
        RepositorySelection selection,
        IReadOnlyList<EventType> types,
        FilterFingerprint filters,
        int limit)
    {
        var after = query.Cursor<NamePosition>(filters, NamePosition.TryParse);
        if (query.Errors.Count > 0)
            return Problems.WrongParametersAsync(context, query.Errors);

        var ordered = selection.From(view.Directory);
        var start = after is null ? 0 : Pages.FirstAfter(ordered, cell => cell.Key.CompareTo(after.Key) > 0);
        var (rows, last) = Pages.Cut(ordered, start, limit);
        return WriteAsync(context, rows.Select(row => row.Entry), types, last is null ? null : new NamePosition(last.Key).Encode(filters));
    }

    private static async Task ListSortedAsync(
        HttpContext context,
        StatisticsView view,
        SortedSeries orders,
        QueryReader query,
        RepositorySelection selection,
        IReadOnlyList<EventType> types,
        FilterFingerprint filters, int limit, StatisticsSort sort)
    {
        var after = query.Cursor<StatisticsPosition>(filters, StatisticsPosition.TryParse);
        if (query.Errors.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Errors);
            return;
        }

        var ordered = selection.IsAll
            ? await orders.GetAsync(sort, context.RequestAborted)
            : SortedSeries.Sort(selection.From(view.Directory).Select(cell => cell.Entry), sort);
        var start = after is null ? 0 : Pages.FirstAfter(ordered, entry => sort.Compare(sort.KeyOf(entry), after.Key) > 0);
        var (rows, last) = Pages.Cut(ordered, start, limit);
        await WriteAsync(context, rows, types, last is null ? null : new StatisticsPosition(sort.KeyOf(last)).Encode(filters));
    }

    private static Task WriteAsync(HttpContext context, IEnumerable<RepositoryEntry> rows, IReadOnlyList<EventType> types, string? next)
    {
        var list = new ListDocument();
        foreach (var row in rows)
            row.Statistics.AddTo(list.Next(), types);
        return Replies.JsonAsync(context, list.End(next));
    }
}
