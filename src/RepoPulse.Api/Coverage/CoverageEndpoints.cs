using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Coverage;

/// <summary>What is known to be complete in a repository's history.</summary>
internal static class CoverageEndpoints
{
    public static void MapCoverage(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/coverage", StoreRead.Methods, List)
            .Describe(
                "listCoverage",
                "Repositories",
                "The coverage of one repository",
                "Which stretches of its history are complete, in time order and without overlap.")
            .OfOneRepository()
            .Takes(Parameters.Limit, Parameters.Cursor)
            .ProducesJson<CoveragePage>();

    private static Task List(HttpContext context, string owner, string name, StatisticsView view)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/coverage", out var entry, out var answer))
            return answer;

        var repository = entry.Repository;
        var query = new QueryReader(context.Request.Query);
        var limit = query.Read(Parameters.Limit);
        var filters = FilterFingerprint.Of(
            "coverage", repository.Id == RepositoryId.None ? repository.Name.FullName.ToUpperInvariant() : repository.Id.ToString());
        var after = query.Cursor<IntervalPosition>(filters, IntervalPosition.TryParse);
        if (query.Errors.Count > 0)
            return Problems.WrongParametersAsync(context, query.Errors);

        var intervals = repository.Coverage.Intervals;
        var start = after is null ? 0 : Pages.FirstAfter(intervals, interval => interval.From > after.From);
        var count = Math.Min(limit, intervals.Count - start);
        var next = start + count < intervals.Count ? new IntervalPosition(intervals[start + count - 1].From).Encode(filters) : null;
        var json = RepositoryDocuments.WriteCoverage(intervals.Skip(start).Take(count), repository, next);
        return Replies.JsonAsync(context, json, EntityTags.Of(json.Span));
    }
}
