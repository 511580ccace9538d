using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.Contracts;
using RepoPulse.Api.Documents;
using RepoPulse.Api.Http;
using RepoPulse.Api.OpenApi;
using RepoPulse.Api.Queries;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Endpoints;

/// <summary>The statistics of one repository and of all. An answer is put together from bytes that are there already.</summary>
internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/statistics", Reading.Methods, Get)
            .Describe("getStatistics", "Statistics", "The statistics of one repository", "How often each kind of event happens, over the rolling window.")
            .OfOneRepository()
            .Takes(Parameters.EventTypeOfSeries)
            .Answers<RepositoryStatistics>();
        routes.MapMethods("/api/v1/statistics", Reading.Methods, List)
            .Describe("listStatistics", "Statistics", "The statistics of every repository", "By name, or by any figure of the total.")
            .Takes(Parameters.EventTypeOfSeries, Parameters.Repository, Parameters.RepositoryId, Parameters.Sort, Parameters.Limit, Parameters.Cursor)
            .Answers<StatisticsPage>();
    }

    private static Task Get(HttpContext context, string owner, string name, StatisticsView view)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/statistics", out var entry, out var answer))
            return answer;

        var document = entry.Statistics;
        if (!context.Request.QueryString.HasValue)
            return Replies.JsonAsync(context, document.Json, document.EntityTag);

        var query = new QueryReader(context.Request.Query);
        var types = query.EventTypes();
        if (query.Faults.Count > 0)
            return Problems.WrongParametersAsync(context, query.Faults);
        var body = new Body();
        document.AddTo(body, types);
        return Replies.JsonAsync(context, body);
    }

    private static Task List(HttpContext context, StatisticsView view, FigureOrders orders)
    {
        var query = new QueryReader(context.Request.Query);
        var limit = query.Limit();
        var types = query.EventTypes();
        var selection = new RepositorySelection(query.Repositories(), query.RepositoryIds());
        var sort = query.Sort();
        var filters = FilterPrint.Of("statistics", [.. selection.Filters, .. types.Select(type => "eventType=" + type), $"sort={sort}"]);
        return sort is null
            ? ListByName(context, view, query, selection, types, filters, limit)
            : ListByFigure(context, view, orders, query, selection, types, filters, limit, sort);
    }

    private static Task ListByName(
        HttpContext context, StatisticsView view, QueryReader query, RepositorySelection selection, IReadOnlyList<EventType> types, FilterPrint filters, int limit)
    {
        var after = query.Cursor<NamePosition>(filters, NamePosition.TryParse);
        if (query.Faults.Count > 0)
            return Problems.WrongParametersAsync(context, query.Faults);

        var ordered = selection.From(view.Directory);
        var start = after is null ? 0 : Pages.FirstAfter(ordered, cell => cell.Key.CompareTo(after.Key) > 0);
        var (rows, last) = Pages.Cut(ordered, start, limit);
        return AnswerAsync(context, rows.Select(row => row.Entry), types, last is null ? null : new NamePosition(last.Key).Encode(filters));
    }

    private static Task ListByFigure(
        HttpContext context, StatisticsView view, FigureOrders orders, QueryReader query, RepositorySelection selection, IReadOnlyList<EventType> types,
        FilterPrint filters, int limit, FigureSort sort)
    {
        var after = query.Cursor<FigurePosition>(filters, FigurePosition.TryParse);
        if (query.Faults.Count > 0)
            return Problems.WrongParametersAsync(context, query.Faults);

        var ordered = selection.IsAll ? orders.Get(sort) : FigureOrders.Sort(selection.From(view.Directory).Select(cell => cell.Entry), sort);
        var start = after is null ? 0 : Pages.FirstAfter(ordered, entry => sort.Compare(sort.KeyOf(entry), after.Key) > 0);
        var (rows, last) = Pages.Cut(ordered, start, limit);
        return AnswerAsync(context, rows, types, last is null ? null : new FigurePosition(sort.KeyOf(last)).Encode(filters));
    }

    private static Task AnswerAsync(HttpContext context, IEnumerable<RepositoryEntry> rows, IReadOnlyList<EventType> types, string? next)
    {
        var list = new ListDocument();
        foreach (var row in rows)
            row.Statistics.AddTo(list.Next(), types);
        return Replies.JsonAsync(context, list.End(next));
    }
}
