using RepoPulse.Api;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.Statistics;
using RepoPulse.Api.View;

namespace RepoPulse.UnitTests.Api.View;

/// <summary>
/// Every endpoint that there is, with all that can be asked of it about hidden repositories. An endpoint that is mapped and not named here
/// fails a test: an author who adds one says here how to request it.
/// </summary>
internal static class EndpointWalk
{
    private static readonly string[] Filters =
    [
        "",
        .. HiddenWorld.Names.Select(name => $"repository={name}"),
        .. HiddenWorld.Ids.Select(id => $"repositoryId={id}"),
        $"repository=octo/other&repository=secret/one&repository=octo/was",
        $"repositoryId=1&repositoryId=11&repositoryId=12",
        "repository=secret/now&repositoryId=12",
        "repository=secret",
        "limit=0",
        "cursor=AAAA",
    ];

    private static readonly string[] Sorts =
    [
        .. StatisticsSort.Names.SelectMany(figure => new[] { "sort=" + figure, "sort=-" + figure }), "sort=secret"
    ];

    /// <summary>What is asked, by the endpoint's pattern.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Paths { get; } = new Dictionary<string, IReadOnlyList<string>>(
        StringComparer.Ordinal)
    {
        ["/api/v1/repositories"] =
        [
            .. Filters.Select(filter => $"/api/v1/repositories?{filter}"), $"/api/v1/repositories?cursor={CursorAtHidden("repositories")}"
        ],
        ["/api/v1/repositories/{owner}/{name}"] = OfEach(""),
        ["/api/v1/repositories/{owner}/{name}/statistics"] = OfEach("/statistics", "", "?eventType=WatchEvent", "?eventType=a%20b"),
        ["/api/v1/repositories/{owner}/{name}/events"] = OfEach(
            "/events", "", "?eventType=PushEvent", "?since=2026-11-23T06:58:00Z", "?until=x"),
        ["/api/v1/repositories/{owner}/{name}/activity"] = OfEach(
            "/activity", "", "?bucket=P1D&eventType=PushEvent", "?bucket=PT1M&since=2026-11-23T06:58:00Z", "?bucket=x"),
        ["/api/v1/repositories/{owner}/{name}/coverage"] = OfEach("/coverage", "", "?cursor=AAAA"),
        ["/api/v1/repositories/{owner}/{name}/badge.svg"] = OfEach(
            "/badge.svg", "", "?metric=events", "?metric=lastEvent&eventType=WatchEvent", "?metric=x"),
        ["/api/v1/repositories/{owner}/{name}/badge.json"] = OfEach(
            "/badge.json", "", "?metric=events", "?metric=lastEvent&eventType=WatchEvent", "?metric=x"),
        ["/api/v1/statistics"] =
        [
            .. Filters
                .Concat(Sorts)
                .SelectMany(filter => new[] { $"/api/v1/statistics?{filter}", $"/api/v1/statistics?eventType=PushEvent&{filter}" }),
            $"/api/v1/statistics?cursor={CursorAtHidden("statistics", "sort=")}",
        ],

        // What it sends as it goes is compared in StreamVisibilityTests; these responses end.
        ["/api/v1/stream"] = ["/api/v1/stream?repository=secret", "/api/v1/stream?repository=secret/one&eventType=a%20b"],
        ["/health/live"] = ["/health/live"],
        ["/health/ready"] = ["/health/ready"],
        // Of a process, not of a server in it: compared where each server has one of its own, in MetricsTests.
        ["/metrics"] = [],
        ["/openapi/v1.json"] = ["/openapi/v1.json"],
        ["/"] = ["/"],
        ["/docs"] = ["/docs"],
        ["/docs/start.js"] = ["/docs/start.js"],
        ["/docs/scalar.js"] = ["/docs/scalar.js"],
        ["/theme.js"] = ["/theme.js"],
        ["/favicon.svg"] = ["/favicon.svg"],
        ["/assets/{file}"] = ["/assets/none.js"],

        // Takes deliveries and gives nothing away: the response to one with a right signature is 202 without a body, whatever repository it
        // is of.
        ["/webhooks/github"] = [],
    };

    private static string[] OfEach(string subPath, params string[] queries) =>
    [
        .. HiddenWorld.Names.SelectMany(
            name => (queries is [] ? [""] : queries).Select(query => $"/api/v1/repositories/{name}{subPath}{query}")),
    ];

    /// <summary>A cursor that anybody could make: the place of a hidden repository in the list.</summary>
    private static string CursorAtHidden(string list, params string[] filters) =>
        new NamePosition(new NameKey(RepositoryName.Parse("secret/one"), new RepositoryId(11))).Encode(FilterFingerprint.Of(list, filters));
}
