using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

/// <summary>Lists that are too long to be held while there is no room for them.</summary>
public sealed class LongListTests
{
    private const string Path = "/api/v1/repositories/octo/pulse/events?limit=1000";
    private const int Events = 60;

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public async Task A_page_that_is_read_again_as_it_is_sent_is_the_same_as_one_that_is_kept(string? coding)
    {
        await using var server = await StartAsync();
        var (text, tag) = await GetAsync(server, coding);
        Assert.Equal(Events, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("items").GetArrayLength());
        var asked = server.History.Asked.Count;

        using var others = Crowd(server);
        server.History.Asked.Clear();
        var (again, sameTag) = await GetAsync(server, null);

        Assert.Equal(text, again);
        Assert.StartsWith(sameTag[..^1], tag, StringComparison.Ordinal);
        Assert.InRange(server.History.Asked.Count, asked + 2, int.MaxValue);
        Assert.All(server.History.Asked, query => Assert.InRange(query.MaxBytes, 1, 1 << 20));

        // There is no room for an encoder either.
        using var plain = await server.GetAsync(Path, ("Accept-Encoding", "br, gzip"));
        Assert.Empty(plain.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task What_comes_between_the_readings_is_left_out()
    {
        await using var server = await StartAsync();
        var (text, _) = await GetAsync(server, null);
        using var others = Crowd(server);
        server.History.Asked.Clear();
        server.History.OnRead = () =>
        {
            if (server.History.Asked.Count == 3)
                server.History.Events.AddRange([Event(500, Some.Now), Event(501, Some.Now.AddSeconds(-10.5))]);
        };

        Assert.Equal(text, (await GetAsync(server, null)).Text);
        Assert.Equal(Events + 2, server.History.Events.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_a_part_has_gone_or_changed_between_the_readings_the_response_is_broken_off(bool gone)
    {
        await using var server = await StartAsync();
        using var others = Crowd(server);
        server.History.OnRead = () =>
        {
            if (server.History.Asked.Count != 3)
                return;
            var last = server.History.Events.MinBy(e => e.Key);
            server.History.Events.Remove(last);
            if (!gone)
                server.History.Events.Add(last with { Json = Some.Event(1, 1, Some.Now, json: "{}").Json });
        };

        await Assert.ThrowsAnyAsync<Exception>(async () => await GetAsync(server, null));
        Assert.True(server.History.Asked.Count > 3);
    }

    [Fact]
    public async Task A_list_of_what_all_share_waits_for_room_and_is_refused_in_the_end()
    {
        await using var server = await StartAsync();
        await server.Catalog.PutAsync([.. Enumerable.Range(2, 400).Select(i => Some.Repository(i, $"octo/r{i}"))]);
        using var others = Crowd(server);

        var refused = server.GetAsync("/api/v1/repositories?limit=1000");
        while (!refused.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        using var response = await refused;
        await ApiServer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Null(response.Headers.ETag);
        await server.GetTextAsync("/api/v1/repositories?limit=10");
    }

    private static GitHubEvent Event(int id, DateTimeOffset at) =>
        Some.Event(1, id, at, json: $$"""{"id":"{{id}}","x":"{{new string((char)('a' + id % 26), 30_000)}}"}""");

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        server.History.Events.AddRange(Enumerable.Range(1, Events).Select(i => Event(i, Some.Now.AddSeconds(-i))));
        return server;
    }

    /// <summary>Leaves no room for anybody.</summary>
    private static SlowClient Crowd(ApiServer server)
    {
        var client = new SlowClient(server.Services.GetRequiredService<ResponseMemory>());
        Assert.True(client.Response.TryHold(ResponseMemory.Limit));
        return client;
    }

    private static async Task<(string Text, string Tag)> GetAsync(ApiServer server, string? coding)
    {
        using var response = await server.GetAsync(Path, coding is null ? [] : [("Accept-Encoding", coding)]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(
            coding is null ? body : new System.IO.Compression.BrotliStream(body, System.IO.Compression.CompressionMode.Decompress));
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken), response.Headers.ETag!.ToString());
    }
}
