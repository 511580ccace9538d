using System.Net;
using System.Text.Json;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class EventEndpointTests
{
    private const string Path = "/api/v1/repositories/octo/pulse/events";

    [Fact]
    public async Task Events_come_as_they_were_received_byte_for_byte()
    {
        await using var server = await StartAsync(
            Some.Event(1, 7, Some.Now.AddMinutes(-1), json: """{ "id" : "7",  "x":"é \u00e9\t😀", "n":1.0e+2 }"""),
            Some.Event(1, 6, Some.Now.AddMinutes(-2), json: "{}"));

        var text = await server.GetTextAsync(Path);

        Assert.Equal("""{"items":[{ "id" : "7",  "x":"é \u00e9\t😀", "n":1.0e+2 },{}],"next":null}""", text);
        Assert.NotNull(JsonSerializer.Deserialize(text, ContractsJsonContext.Default.EventsPage));
    }

    [Fact]
    public async Task Pages_meet_without_a_gap_where_many_events_are_of_one_moment()
    {
        await using var server = await StartAsync(
            [.. Enumerable.Range(1, 25).Select(i => Some.Event(1, i, Some.Now.AddSeconds(-(i % 3))))]);

        var whole = Ids(await server.WalkAsync(Path, 1000));

        Assert.Equal(25, whole.Distinct().Count());
        Assert.Equal(whole, Ids(await server.WalkAsync(Path, 1)));
        Assert.Equal(whole, Ids(await server.WalkAsync(Path, 5)));
        Assert.Equal(whole, Ids(await server.WalkAsync(Path, 24)));
    }

    [Fact]
    public async Task Events_that_arrive_meanwhile_move_nothing_that_was_there()
    {
        await using var server = await StartAsync([.. Enumerable.Range(1, 20).Select(i => Some.Event(1, i, Some.Now.AddMinutes(-i)))]);
        var next = 100;

        var walked = await server.WalkAsync(Path, 3, () =>
        {
            server.History.Events.Add(Some.Event(1, next++, Some.Now));
            server.History.Events.Add(Some.Event(1, next++, Some.Now.AddMinutes(-10.5)));
            return Task.CompletedTask;
        });

        var held = Ids(walked).Select(int.Parse).Where(id => id < 100);
        Assert.Equal(Enumerable.Range(1, 20), held);
    }

    [Fact]
    public async Task Since_is_inclusive_and_until_exclusive()
    {
        await using var server = await StartAsync([.. Enumerable.Range(0, 5).Select(i => Some.Event(1, i, Some.Now.AddHours(-i)))]);

        Assert.Equal(["2", "3"], Ids(await server.WalkAsync(Path + "?since=2026-11-23T04:00:00Z&until=2026-11-23T06:00:00Z", 1)));
        Assert.Equal(
            ["2", "3"], Ids(await server.WalkAsync(Path + "?since=2026-11-23T05:00:00%2B01:00&until=2026-11-23T06:00:00.000000Z", 1)));
        Assert.Equal(["2"], Ids(await server.WalkAsync(Path + "?since=2026-11-23T04:00:00.0000000001Z&until=2026-11-23T06:00:00Z", 1)));
        Assert.Empty(await server.WalkAsync(Path + "?since=2026-11-23T04:00:00Z&until=2026-11-23T04:00:00Z", 1));
    }

    [Fact]
    public async Task Types_narrow_the_events()
    {
        await using var server = await StartAsync(
            Some.Event(1, 1, Some.Now, "PushEvent"),
            Some.Event(1, 2, Some.Now, "WatchEvent"),
            Some.Event(1, 3, Some.Now, "ForkEvent"),
            Some.Event(2, 4, Some.Now));

        Assert.Equal(["3", "2"], Ids(await server.WalkAsync(Path + "?eventType=WatchEvent&eventType=ForkEvent", 1)));
        Assert.Empty(await server.WalkAsync(Path + "?eventType=NeverSeenEvent", 1));
    }

    [Theory]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=2026-01-01", "since")]
    [InlineData("since=2026-01-01T00:00:00", "since")]
    [InlineData("until=2026-02-30T00:00:00Z", "until")]
    [InlineData("until=", "until")]
    [InlineData("since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "since")]
    [InlineData("eventType=a%20b", "eventType")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=AAAA", "cursor")]
    public async Task A_wrong_value_is_named(string query, string parameter)
    {
        await using var server = await StartAsync();

        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{Path}?{query}");

        Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_repository_and_filters()
    {
        await using var server = await StartAsync(Some.Event(1, 1, Some.Now), Some.Event(1, 2, Some.Now));
        await server.Catalog.PutAsync(Some.Repository(2, "octo/other"));
        var cursor = (await server.GetJsonAsync(Path + "?limit=1")).GetProperty("next").GetString();

        await server.GetTextAsync($"{Path}?limit=2&cursor={cursor}");
        await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{Path}?eventType=PushEvent&cursor={cursor}");
        await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{Path}?since=2026-01-01T00:00:00Z&cursor={cursor}");
        await server.GetProblemAsync(HttpStatusCode.BadRequest, $"/api/v1/repositories/octo/other/events?cursor={cursor}");
    }

    [Fact]
    public async Task A_store_that_fails_is_said_to_be_out_of_reach_without_its_name()
    {
        await using var server = await StartAsync();
        server.History.Failure = new StorageException("The database /secret/place.db is locked.", isTransient: true);

        using var response = await server.GetAsync(Path);

        var problem = await ApiServer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("place.db", problem.GetRawText());
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_is_a_problem_too()
    {
        await using var server = await StartAsync();
        server.History.Failure = new InvalidOperationException("secret");

        var problem = await server.GetProblemAsync(HttpStatusCode.InternalServerError, Path);

        Assert.DoesNotContain("secret", problem.GetRawText());
    }

    [Fact]
    public async Task A_server_without_history_says_so()
    {
        await using var server = await ApiServer.StartAsync(withHistory: false);
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        var problem = await server.GetProblemAsync(HttpStatusCode.NotImplemented, Path);

        Assert.Contains("history", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_repository_that_has_not_answered_yet_has_no_events()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(0, "octo/pulse"));

        Assert.Equal("""{"items":[],"next":null}""", await server.GetTextAsync(Path));
    }

    private static async Task<ApiServer> StartAsync(params GitHubEvent[] events)
    {
        var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        server.History.Events.AddRange(events);
        return server;
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> events) => events.Select(e => e.GetProperty("id").GetString()!);
}
