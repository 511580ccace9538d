using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Repositories;

/// <summary>The repositories, and each of them.</summary>
internal static class RepositoryEndpoints
{
    public static void MapRepositories(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/repositories", StoreRead.Methods, List)
            .Describe(
                "listRepositories",
                "Repositories",
                "The repositories, by name",
                "Every repository that is watched or was imported, with how it stands.")
            .Takes(Parameters.Repository, Parameters.RepositoryId, Parameters.Limit, Parameters.Cursor)
            .ProducesJson<RepositoriesPage>();
        routes.MapMethods("/api/v1/repositories/{owner}/{name}", StoreRead.Methods, Get)
            .Describe("getRepository", "Repositories", "One repository", "With the times of its polls and the names that it bore.")
            .OfOneRepository()
            .ProducesJson<RepositoryDetails>();
    }

    private static Task List(HttpContext context, StatisticsView view)
    {
        var query = new QueryReader(context.Request.Query);
        var limit = query.Read(Parameters.Limit);
        var selection = new RepositorySelection(query.Read(Parameters.Repository), query.Read(Parameters.RepositoryId));
        var filters = FilterFingerprint.Of("repositories", selection.Filters);
        var after = query.Cursor<NamePosition>(filters, NamePosition.TryParse);
        if (query.Errors.Count > 0)
            return Problems.WrongParametersAsync(context, query.Errors);

        var ordered = selection.From(view.Directory);
        var start = after is null ? 0 : Pages.FirstAfter(ordered, cell => cell.Key.CompareTo(after.Key) > 0);
        var (rows, last) = Pages.Cut(ordered, start, limit);
        var list = new ListDocument();
        foreach (var row in rows)
            list.Add(row.Entry.Summary);
        return Replies.JsonAsync(context, list.End(last is null ? null : new NamePosition(last.Key).Encode(filters)));
    }

    private static Task Get(HttpContext context, string owner, string name, StatisticsView view)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "", out var entry, out var answer))
            return answer;
        var details = RepositoryDocuments.WriteDetails(entry);
        return Replies.JsonAsync(context, details, EntityTags.Of(details.Span));
    }
}
