using System.Net;
using System.Text.Json;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class RepositoryEndpointTests
{
    [Fact]
    public async Task A_repository_has_the_documented_form_to_the_letter()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(5, "octo/pulse", "octo/older", "octo/oldest") with
        {
            State = RepositoryState.Watching,
            LastEventAt = Some.Now.AddDays(-3),
            LastPolledAt = Some.Now.AddSeconds(-30),
            NextPollAt = Some.Now.AddSeconds(30.5),
            Coverage = Some.CompleteFrom(Some.Now.AddDays(-30)),
        });
        await server.PublishAsync(Some.Figures(5, 12));

        const string Row = """{"repository":"octo/pulse","repositoryId":5,"state":"watching","lastEventAt":"2026-11-23T06:00:00Z","events":12,"""
            + "\"coverage\":{\"from\":\"2026-10-24T07:00:00Z\",\"complete\":true,\"gaps\":0,\"missingSeconds\":0}";
        Assert.Equal($$"""{"items":[{{Row}}}],"next":null}""", await server.GetTextAsync("/api/v1/repositories"));
        var details = await server.GetTextAsync("/api/v1/repositories/octo/pulse");
        Assert.Equal(
            Row
                + ",\"lastPolledAt\":\"2026-11-23T06:59:30Z\",\"nextPollAt\":\"2026-11-23T07:00:30.5Z\",\"aliases\":[\"octo/older\",\"octo/oldest\"]}",
            details);
        Assert.NotNull(JsonSerializer.Deserialize(details, ContractsJsonContext.Default.RepositoryDetails));
    }

    [Theory]
    [InlineData(RepositoryState.Unwatched, "unwatched")]
    [InlineData(RepositoryState.Watching, "watching")]
    [InlineData(RepositoryState.NotFound, "notFound")]
    [InlineData(RepositoryState.Gone, "gone")]
    [InlineData(RepositoryState.Blocked, "blocked")]
    [InlineData(RepositoryState.Unauthorized, "unauthorized")]
    public async Task A_state_has_its_documented_name(RepositoryState state, string name)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { State = state });

        Assert.Equal(name, (await server.GetJsonAsync("/api/v1/repositories/octo/pulse")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Without_events_in_the_window_the_last_event_held_is_shown()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse") with { LastEventAt = Some.Now.AddDays(-20) });
        await server.PublishAsync(Some.Figures(1, 0));

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/pulse");

        Assert.Equal(0, json.GetProperty("events").GetInt32());
        Assert.Equal("2026-11-03T07:00:00Z", json.GetProperty("lastEventAt").GetString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("/statistics", "?eventType=PushEvent&eventType=WatchEvent")]
    [InlineData("/events", "?limit=3&since=2026-01-01T00:00:00%2B01:00")]
    [InlineData("/coverage", "?limit=1")]
    public async Task A_former_name_leads_to_the_present_one(string subPath, string query)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/Pulse", "octo/old"));

        using var response = await server.GetAsync($"/api/v1/repositories/Octo/OLD{subPath}{query}");

        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal($"/api/v1/repositories/octo/Pulse{subPath}{query}", response.Headers.Location?.OriginalString);
        Assert.True(response.Headers.CacheControl?.NoCache);
        await server.GetTextAsync(response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_rename_is_followed_as_it_happens()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/old"));
        await server.PublishAsync(Some.Figures(1, 3));

        await server.Catalog.PutAsync(Some.Repository(1, "acme/new", "octo/old"));

        using var response = await server.GetAsync("/api/v1/repositories/octo/old");
        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal(3, (await server.GetJsonAsync("/api/v1/repositories/acme/new")).GetProperty("events").GetInt32());
        Assert.Equal("acme/new", Assert.Single(await server.WalkAsync("/api/v1/repositories", 1)).GetProperty("repository").GetString());
        Assert.Equal(
            "acme/new", (await server.GetJsonAsync("/api/v1/repositories/acme/new/statistics")).GetProperty("repository").GetString());
    }

    [Fact]
    public async Task A_name_that_changes_its_case_alone_is_shown_in_the_new_one()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));

        await server.Catalog.PutAsync(Some.Repository(1, "Octo/Pulse", "octo/pulse"));

        var json = await server.GetJsonAsync("/api/v1/repositories/octo/pulse");
        Assert.Equal("Octo/Pulse", json.GetProperty("repository").GetString());
        Assert.Empty(json.GetProperty("aliases").EnumerateArray());
        Assert.Equal(
            "Octo/Pulse", (await server.GetJsonAsync("/api/v1/repositories/octo/pulse/statistics")).GetProperty("repository").GetString());
    }

    [Fact]
    public async Task Of_several_that_bore_a_name_the_last_seen_under_it_answers_and_ids_find_the_others()
    {
        await using var server = await ApiServer.StartAsync();
        var deleted = Some.Repository(1, "octo/pulse") with { Names = [Some.Seen("octo/pulse", Some.Now.AddDays(-9))] };
        var madeAgain = Some.Repository(2, "octo/pulse") with { Names = [Some.Seen("octo/pulse", Some.Now.AddDays(-1))] };

        // The older one arrives last: an archive was imported after the newer one was polled.
        await server.Catalog.PutAsync(madeAgain);
        await server.Catalog.PutAsync(deleted);

        Assert.Equal(2, (await server.GetJsonAsync("/api/v1/repositories/octo/pulse")).GetProperty("repositoryId").GetInt64());
        foreach (var list in new[] { "/api/v1/repositories", "/api/v1/statistics" })
        {
            var rows = await server.WalkAsync(list, 1);
            Assert.Equal([1, 2], rows.Select(row => row.GetProperty("repositoryId").GetInt32()));
            Assert.Equal(1, Assert.Single(await server.WalkAsync(list + "?repositoryId=1", 1)).GetProperty("repositoryId").GetInt32());
            Assert.Equal(
                2, Assert.Single(await server.WalkAsync(list + "?repository=octo/pulse", 1)).GetProperty("repositoryId").GetInt32());
        }
    }

    [Fact]
    public async Task A_name_taken_over_answers_with_its_new_bearer_and_the_former_one_under_its_new_name()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/moved") with
        {
            Names = [Some.Seen("octo/moved", Some.Now), Some.Seen("octo/pulse", Some.Now.AddDays(-2))],
        });
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await server.GetAsync("/api/v1/repositories/octo/pulse")).StatusCode);

        await server.Catalog.PutAsync(Some.Repository(2, "octo/pulse") with { Names = [Some.Seen("octo/pulse", Some.Now.AddDays(-1))] });

        Assert.Equal(2, (await server.GetJsonAsync("/api/v1/repositories/octo/pulse")).GetProperty("repositoryId").GetInt64());
        Assert.Equal(1, (await server.GetJsonAsync("/api/v1/repositories/octo/moved")).GetProperty("repositoryId").GetInt64());
    }

    [Fact]
    public async Task A_former_name_never_leads_to_another_repository()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/taken") with { Names = [Some.Seen("octo/taken", Some.Now.AddDays(-3)), Some.Seen(
                "octo/first", Some.Now.AddDays(-4))] },
            Some.Repository(2, "octo/taken") with { Names = [Some.Seen("octo/taken", Some.Now)] });

        Assert.Equal(2, (await server.GetJsonAsync("/api/v1/repositories/octo/taken")).GetProperty("repositoryId").GetInt64());
        Assert.Equal(1, (await server.GetJsonAsync("/api/v1/repositories/octo/first")).GetProperty("repositoryId").GetInt64());
    }

    [Fact]
    public async Task A_watched_name_becomes_the_repository_that_it_turns_out_to_be()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(0, "octo/a"), Some.Repository(0, "octo/b"));

        await server.Catalog.PutAsync(Some.Repository(1, "octo/a"), Some.Repository(2, "octo/c", "octo/b"));

        Assert.Equal(
            [("octo/a", 1), ("octo/c", 2)],
            (await server.WalkAsync("/api/v1/repositories", 10)).Select(
                row => (row.GetProperty("repository").GetString(), row.GetProperty("repositoryId").GetInt32())));
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await server.GetAsync("/api/v1/repositories/octo/b")).StatusCode);
    }

    [Theory]
    [InlineData("octo/none")]
    [InlineData("octo/..%20")]
    [InlineData("octo/a%2Fb")]
    [InlineData("%01/%FF")]
    [InlineData("ö/ü")]
    public async Task An_unknown_repository_is_a_problem_of_404_everywhere(string name)
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var subPath in new[] { "", "/statistics", "/events", "/coverage" })
            await server.GetProblemAsync(HttpStatusCode.NotFound, $"/api/v1/repositories/{name}{subPath}");
    }

    [Fact]
    public async Task A_hidden_repository_is_as_one_never_heard_of()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { Repositories = ["*", "!octo/secret", "!shadow/*"] });
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/secret", "octo/former"),
            Some.Repository(2, "octo/shown", "shadow/former"),
            Some.Repository(3, "Shadow/x"),
            Some.Repository(0, "shadow/y"));
        await server.PublishAsync(Some.Figures(1, 5), Some.Figures(2, 5), Some.Figures(3, 5));

        foreach (var name in new[] { "octo/secret", "octo/former", "OCTO/Secret", "shadow/x", "shadow/y" })
        {
            foreach (var subPath in new[] { "", "/statistics", "/events", "/coverage" })
            {
                var hidden = await server.GetProblemAsync(HttpStatusCode.NotFound, $"/api/v1/repositories/{name}{subPath}");
                var unknown = await server.GetProblemAsync(HttpStatusCode.NotFound, $"/api/v1/repositories/octo/none{subPath}");
                Assert.Equal(unknown.GetRawText(), hidden.GetRawText().Replace(name, "octo/none"));
            }
        }

        foreach (var list in new[] { "/api/v1/repositories", "/api/v1/statistics", "/api/v1/statistics?sort=events" })
        {
            Assert.Equal("octo/shown", Assert.Single(await server.WalkAsync(list, 1)).GetProperty("repository").GetString());
            var and = list.Contains('?') ? '&' : '?';
            Assert.Empty(await server.WalkAsync($"{list}{and}repositoryId=1", 1));
            Assert.Empty(await server.WalkAsync($"{list}{and}repository=octo/former", 1));
            Assert.DoesNotContain("secret", await server.GetTextAsync(list));
        }

        using var renamed = await server.GetAsync("/api/v1/repositories/shadow/former");
        Assert.Equal(HttpStatusCode.PermanentRedirect, renamed.StatusCode);
    }

    [Fact]
    public async Task A_repository_is_judged_by_its_present_name_as_it_changes()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { Repositories = ["open/*"] });
        await server.PublishAsync(Some.Figures(1, 4));
        await server.Catalog.PutAsync(Some.Repository(1, "closed/x"));
        await server.GetProblemAsync(HttpStatusCode.NotFound, "/api/v1/repositories/closed/x");

        await server.Catalog.PutAsync(Some.Repository(1, "open/x", "closed/x"));
        Assert.Equal(4, (await server.GetJsonAsync("/api/v1/repositories/open/x")).GetProperty("events").GetInt32());

        await server.Catalog.PutAsync(Some.Repository(1, "closed/y", "open/x", "closed/x"));
        await server.GetProblemAsync(HttpStatusCode.NotFound, "/api/v1/repositories/open/x");
        Assert.Empty(await server.WalkAsync("/api/v1/repositories", 1));
        Assert.Empty(await server.WalkAsync("/api/v1/repositories?repositoryId=1", 1));
    }
}
