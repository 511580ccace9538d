using System.Net;
using System.Text.Json;
using RepoPulse.Api;
using RepoPulse.Statistics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class ActivityEndpointTests
{
    private const string Path = "/api/v1/repositories/octo/pulse/activity";

    [Fact]
    public async Task Every_bucket_has_its_counts_and_an_empty_one_none()
    {
        await using var server = await StartAsync(
            Some.Event(1, 1, Some.Now.AddHours(-3), "WatchEvent"), Some.Event(1, 2, Some.Now.AddHours(-3).AddMinutes(59)),
            Some.Event(1, 3, Some.Now.AddHours(-2.5)),
            Some.Event(1, 4, Some.Now.AddSeconds(-1)), Some.Event(1, 5, Some.Now), Some.Event(2, 6, Some.Now.AddHours(-1)));

        var text = await server.GetTextAsync(Path + "?since=2026-11-23T04:00:00Z&until=2026-11-23T07:00:00Z");

        Assert.Equal(
            """{"bucketSeconds":3600,"items":[{"from":"2026-11-23T04:00:00Z","events":3,"byEventType":{"PushEvent":2,"WatchEvent":1}},"""
            + """{"from":"2026-11-23T05:00:00Z","events":0,"byEventType":{}},{"from":"2026-11-23T06:00:00Z","events":1,"byEventType":{"PushEvent":1}}]}""",
            text);
        Assert.NotNull(JsonSerializer.Deserialize(text, ContractsJsonContext.Default.RepositoryActivity));
    }

    [Fact]
    public async Task A_bucket_that_the_time_asked_for_cuts_counts_what_lies_within()
    {
        await using var server = await StartAsync([.. Enumerable.Range(0, 10).Select(i => Some.Event(1, i + 1, Some.Now.AddMinutes(-i)))]);

        var items = await ItemsAsync(server, "?bucket=P1D&since=2026-11-23T06:53:00Z&until=2026-11-23T06:56:00Z");

        Assert.Equal([("2026-11-23T00:00:00Z", 3)], items);
    }

    [Fact]
    public async Task Without_a_time_it_is_the_window_up_to_now()
    {
        await using var server = await ApiServer.StartAsync(
            new ApiOptions { Window = new WindowOptions { Duration = TimeSpan.FromHours(2) } });
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        server.History.Events.AddRange(
            Some.Event(1, 1, Some.Now.AddHours(-2).AddTicks(-10)),
            Some.Event(1, 2, Some.Now.AddHours(-2)),
            Some.Event(1, 3, Some.Now.AddMicroseconds(-1)),
            Some.Event(1, 4, Some.Now));

        Assert.Equal([("2026-11-23T05:00:00Z", 1), ("2026-11-23T06:00:00Z", 1)], await ItemsAsync(server, ""));
        Assert.Equal([("2026-11-23T06:00:00Z", 1), ("2026-11-23T07:00:00Z", 1)], await ItemsAsync(
            server, "?since=2026-11-23T06:30:00Z&until=2026-11-23T07:00:00.000001Z"));
        Assert.Equal([("2026-11-23T03:00:00Z", 0), ("2026-11-23T04:00:00Z", 1)], await ItemsAsync(server, "?until=2026-11-23T05:00:00Z"));
        Assert.Empty(await ItemsAsync(server, "?since=2026-11-23T07:00:01Z"));
    }

    [Fact]
    public async Task Types_narrow_the_counts()
    {
        await using var server = await StartAsync(Some.Event(1, 1, Some.Now.AddHours(-1)), Some.Event(
            1, 2, Some.Now.AddHours(-1), "WatchEvent"), Some.Event(1, 3, Some.Now.AddHours(-1), "ForkEvent"));

        var items = (await server.GetJsonAsync(Path + "?since=2026-11-23T06:00:00Z&eventType=WatchEvent&eventType=ForkEvent")).GetProperty(
            "items");

        Assert.Equal("""{"ForkEvent":1,"WatchEvent":1}""", Assert.Single(items.EnumerateArray()).GetProperty("byEventType").GetRawText());
    }

    [Fact]
    public async Task Ten_thousand_buckets_are_answered_and_one_more_is_refused()
    {
        await using var server = await StartAsync();

        Assert.Equal(10_000, (await ItemsAsync(server, "?bucket=PT1S&since=2026-11-23T00:00:00Z&until=2026-11-23T02:46:40Z")).Count);

        var problem = await server.GetProblemAsync(
            HttpStatusCode.BadRequest, Path + "?bucket=PT1S&since=2026-11-23T00:00:00Z&until=2026-11-23T02:46:40.000001Z");
        Assert.Equal("bucket", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.Contains("10001", problem.GetProperty("detail").GetString());
        Assert.Contains("10000 are allowed", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("bucket=1h", "bucket")]
    [InlineData("bucket=PT0S", "bucket")]
    [InlineData("bucket=P367D", "bucket")]
    [InlineData("bucket=P1M", "bucket")]
    [InlineData("bucket=PT1H&bucket=PT1H", "bucket")]
    [InlineData("bucket=PT1M", "bucket")]
    [InlineData("since=yesterday", "since")]
    [InlineData("until=", "until")]
    [InlineData("since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "since")]
    [InlineData("eventType=a%20b", "eventType")]
    public async Task A_wrong_value_is_named(string query, string parameter)
    {
        await using var server = await StartAsync();

        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{Path}?{query}");

        Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_whole_calendar_can_be_asked_for()
    {
        await using var server = await StartAsync(Some.Event(1, 1, Some.Now));

        var items = await ItemsAsync(server, "?bucket=P366D&since=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59.999999Z");

        Assert.Equal(1, items.Sum(item => item.Events));
        Assert.Empty(await ItemsAsync(server, "?bucket=P366D&until=0001-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task A_server_without_history_says_so()
    {
        await using var server = await ApiServer.StartAsync(withHistory: false);
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        await server.GetProblemAsync(HttpStatusCode.NotImplemented, Path);
    }

    [Fact]
    public async Task A_store_that_fails_is_said_to_be_out_of_reach()
    {
        await using var server = await StartAsync();
        server.History.Failure = new StorageException("The database /secret/place.db is locked.", isTransient: true);

        var problem = await server.GetProblemAsync(HttpStatusCode.ServiceUnavailable, Path);

        Assert.DoesNotContain("place.db", problem.GetRawText());
    }

    [Fact]
    public async Task A_repository_that_has_not_answered_yet_has_empty_buckets()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(0, "octo/pulse"));

        var items = await ItemsAsync(server, "");

        Assert.Equal(168, items.Count);
        Assert.All(items, item => Assert.Equal(0, item.Events));
    }

    private static async Task<List<(string? From, int Events)>> ItemsAsync(ApiServer server, string query) =>
        [.. (await server.GetJsonAsync(Path + query))
            .GetProperty("items")
            .EnumerateArray()
            .Select(item => (item.GetProperty("from").GetString(), item.GetProperty("events").GetInt32()))];

    private static async Task<ApiServer> StartAsync(params GitHubEvent[] events)
    {
        var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        server.History.Events.AddRange(events);
        return server;
    }
}
