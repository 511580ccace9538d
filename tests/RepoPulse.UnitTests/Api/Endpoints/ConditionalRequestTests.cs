using System.Net;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class ConditionalRequestTests
{
    public static TheoryData<string> Paths =>
    [
        "/api/v1/repositories",
        "/api/v1/repositories/octo/pulse",
        "/api/v1/repositories/octo/pulse/statistics",
        "/api/v1/repositories/octo/pulse/statistics?eventType=PushEvent",
        "/api/v1/repositories/octo/pulse/events",
        "/api/v1/repositories/octo/pulse/activity",
        "/api/v1/repositories/octo/pulse/coverage",
        "/api/v1/repositories/octo/pulse/badge.svg",
        "/api/v1/repositories/octo/pulse/badge.json?metric=events",
        "/api/v1/statistics",
        "/api/v1/statistics?sort=-events",
        "/openapi/v1.json",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_answer_has_a_strong_tag_that_another_instance_gives_too(string path)
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        using var first = await one.GetAsync(path);
        using var second = await other.GetAsync(path);

        Assert.NotNull(first.Headers.ETag);
        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(path.Contains("/badge") ? "max-age=300" : "no-cache", first.Headers.CacheControl?.ToString());
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_tag_that_is_still_right_is_answered_with_304_and_no_body(string path)
    {
        await using var server = await StartAsync();
        using var first = await server.GetAsync(path);
        var tag = first.Headers.ETag!.Tag;

        foreach (var header in new[] { tag, "W/" + tag, $"\"other\", {tag}", $"\"a,b\",W/{tag} , \"c\"", "*" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var response = await server.SendAsync(method, path, ("If-None-Match", header));
                Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
                Assert.Equal(tag, response.Headers.ETag?.Tag);
                Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Any_other_tag_is_answered_with_the_content(string path)
    {
        await using var server = await StartAsync();
        using var first = await server.GetAsync(path);
        var tag = first.Headers.ETag!.Tag;

        foreach (var header in new[] { "\"other\"", tag.Trim('"'), tag[..^1], "\"*\"", "" })
        {
            using var response = await server.GetAsync(path, ("If-None-Match", header));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_tag_named_in_a_second_header_counts()
    {
        await using var server = await StartAsync();
        using var first = await server.GetAsync("/api/v1/repositories");

        using var response = await server.GetAsync(
            "/api/v1/repositories", ("If-None-Match", "\"x\""), ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Head_answers_as_get_does_without_the_body(string path)
    {
        await using var server = await StartAsync();
        using var get = await server.GetAsync(path);

        using var head = await server.SendAsync(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(
            (await get.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_repository_is_404_even_to_a_star()
    {
        await using var server = await StartAsync();

        await server.GetProblemAsync(HttpStatusCode.NotFound, "/api/v1/repositories/octo/none", ("If-None-Match", "*"));
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"), Some.Repository(2, "octo/other"));
        await server.PublishAsync(Some.Figures(1, 2, Some.Series("PushEvent", 2), Some.Series("WatchEvent", 1)));
        server.History.Events.Add(Some.Event(1, 1, Some.Now));
        return server;
    }
}
