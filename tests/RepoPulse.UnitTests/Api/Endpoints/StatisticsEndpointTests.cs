using System.Net;
using System.Text.Json;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class StatisticsEndpointTests
{
    [Fact]
    public async Task A_document_has_the_documented_form_to_the_letter()
    {
        await using var server = await ApiServer.StartAsync();
        var push = Some.Series("PushEvent", 500, capped: true) with
        {
            FirstEventAt = DateTimeOffset.Parse("2026-11-22T02:02:03+01:00"),
            LastEventAt = DateTimeOffset.Parse("2026-11-23T06:59:58.25Z"),
            MeanIntervalSeconds = 216.22,
            MedianIntervalSeconds = 61,
            P95IntervalSeconds = 900.5,
            MinIntervalSeconds = 0,
            MaxIntervalSeconds = 5400,
            StdDevIntervalSeconds = 401.7,
        };
        await server.Catalog.PutAsync(
            Some.Repository(210716005, "dotnet/runtime") with { Coverage = Some.CompleteFrom(Some.Now - Some.Week) });
        await server.PublishAsync(Some.Figures(210716005, Some.Series("*", 1), push, Some.Series("WatchEvent", 1)));

        var json = await server.GetTextAsync("/api/v1/repositories/dotnet/runtime/statistics");

        const string Alone = "\"firstEventAt\":\"2026-11-23T05:00:00Z\",\"lastEventAt\":\"2026-11-23T06:00:00Z\",\"meanIntervalSeconds\":null,"
            + "\"medianIntervalSeconds\":null,\"p95IntervalSeconds\":null,\"minIntervalSeconds\":null,\"maxIntervalSeconds\":null,\"stdDevIntervalSeconds\":null}";
        Assert.Equal(
            """{"repository":"dotnet/runtime","repositoryId":210716005,"window":{"durationSeconds":604800,"maxEvents":500},"""
            + """ "coverage":{"from":"2026-11-16T07:00:00Z","complete":true,"gaps":0,"missingSeconds":0},""".TrimStart()
            + """ "total":{"eventType":"*","events":1,"limitedBy":"duration",""".TrimStart() + Alone + ","
            + """ "byEventType":[{"eventType":"PushEvent","events":500,"limitedBy":"events",""".TrimStart()
            + """ "firstEventAt":"2026-11-22T01:02:03Z","lastEventAt":"2026-11-23T06:59:58.25Z","meanIntervalSeconds":216.22,""".TrimStart()
            + """ "medianIntervalSeconds":61,"p95IntervalSeconds":900.5,"minIntervalSeconds":0,"maxIntervalSeconds":5400,"stdDevIntervalSeconds":401.7},""".TrimStart()
            + """ {"eventType":"WatchEvent","events":1,"limitedBy":"duration",""".TrimStart() + Alone + "]}",
            json);
        Assert.NotNull(JsonSerializer.Deserialize(json, ContractsJsonContext.Default.RepositoryStatistics));
    }

    [Fact]
    public async Task A_watched_repository_without_events_has_a_document_of_none()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(0, "octo/new") with { Coverage = CoverageLedger.Empty });

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/new/statistics");

        Assert.Equal(JsonValueKind.Null, json.GetProperty("repositoryId").ValueKind);
        Assert.Equal(0, json.GetProperty("total").GetProperty("events").GetInt32());
        Assert.Equal("history", json.GetProperty("total").GetProperty("limitedBy").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("total").GetProperty("firstEventAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("coverage").GetProperty("from").ValueKind);
        Assert.False(json.GetProperty("coverage").GetProperty("complete").GetBoolean());
        Assert.Empty(json.GetProperty("byEventType").EnumerateArray());
    }

    [Theory]
    [InlineData("", new[] { "CreateEvent", "PushEvent", "WatchEvent" })]
    [InlineData("?eventType=PushEvent", new[] { "PushEvent" })]
    [InlineData("?eventType=WatchEvent&eventType=CreateEvent&eventType=WatchEvent", new[] { "CreateEvent", "WatchEvent" })]
    [InlineData("?eventType=NeverSeenEvent", new string[0])]
    [InlineData("?eventType=pushevent", new string[0])]
    [InlineData("?unknown=1", new[] { "CreateEvent", "PushEvent", "WatchEvent" })]
    public async Task Event_types_narrow_the_series_and_not_the_total(string query, string[] expected)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        await server.PublishAsync(
            Some.Figures(1, 6, Some.Series("CreateEvent", 1), Some.Series("PushEvent", 2), Some.Series("WatchEvent", 3)));
        var whole = await server.GetJsonAsync("/api/v1/repositories/octo/pulse/statistics");

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/pulse/statistics" + query);
        var listed = Assert.Single((await server.GetJsonAsync("/api/v1/statistics" + query)).GetProperty("items").EnumerateArray());

        var series = whole.GetProperty("byEventType")
            .EnumerateArray()
            .Where(s => expected.Contains(s.GetProperty("eventType").GetString()));
        Assert.Equal(expected, json.GetProperty("byEventType").EnumerateArray().Select(s => s.GetProperty("eventType").GetString()));
        Assert.Equal(series.Select(s => s.GetRawText()), json.GetProperty("byEventType").EnumerateArray().Select(s => s.GetRawText()));
        Assert.Equal(whole.GetProperty("total").GetRawText(), json.GetProperty("total").GetRawText());
        Assert.Equal(json.GetRawText(), listed.GetRawText());
    }

    [Fact]
    public async Task Figures_that_come_again_take_the_place_of_those_before()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        await server.PublishAsync(Some.Figures(1, 2, Some.Series("PushEvent", 2)));
        var before = await server.GetAsync("/api/v1/repositories/octo/pulse/statistics");

        await server.PublishAsync(Some.Figures(1, 0));

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/pulse/statistics");
        Assert.Equal(0, json.GetProperty("total").GetProperty("events").GetInt32());
        Assert.Empty(json.GetProperty("byEventType").EnumerateArray());
        Assert.NotEqual(before.Headers.ETag, (await server.GetAsync("/api/v1/repositories/octo/pulse/statistics")).Headers.ETag);
    }

    [Fact]
    public async Task A_series_that_changes_shows_even_where_the_total_is_the_same_object()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        var total = Some.Series("*", 500, capped: true);
        await server.PublishAsync(Some.Figures(1, total, Some.Series("WatchEvent", 2)));

        await server.PublishAsync(Some.Figures(1, total, Some.Series("WatchEvent", 1)));

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/pulse/statistics");
        Assert.Equal(1, json.GetProperty("byEventType")[0].GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task Figures_that_are_there_before_the_name_are_shown_with_it()
    {
        await using var server = await ApiServer.StartAsync();
        await server.PublishAsync(Some.Figures(1, 7));
        await server.GetProblemAsync(HttpStatusCode.NotFound, "/api/v1/repositories/octo/pulse/statistics");

        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        var json = await server.GetJsonAsync("/api/v1/repositories/OCTO/Pulse/statistics");
        Assert.Equal(7, json.GetProperty("total").GetProperty("events").GetInt32());
        Assert.Equal("octo/pulse", json.GetProperty("repository").GetString());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("sort=name", "sort")]
    [InlineData("sort=--events", "sort")]
    [InlineData("sort=Events", "sort")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("eventType=Push%20Event", "eventType")]
    [InlineData("eventType=", "eventType")]
    [InlineData("eventType=*", "eventType")]
    [InlineData("repository=octo", "repository")]
    [InlineData("repositoryId=one", "repositoryId")]
    [InlineData("repositoryId=0", "repositoryId")]
    [InlineData("repositoryId=99999999999999999999", "repositoryId")]
    public async Task A_wrong_value_is_named_with_what_is_allowed(string query, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, "/api/v1/statistics?" + query);

        Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.StartsWith(parameter, problem.GetProperty("detail").GetString());
        Assert.Contains("allowed", problem.GetProperty("detail").GetString());
        Assert.NotNull(JsonSerializer.Deserialize(problem.GetRawText(), ContractsJsonContext.Default.Problem));
    }

    [Fact]
    public async Task Every_wrong_value_is_named_at_once()
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, "/api/v1/statistics?limit=0&sort=x&repositoryId=y&cursor=z");

        Assert.Equal(
            ["limit", "repositoryId", "sort", "cursor"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }
}
