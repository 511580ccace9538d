using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Streaming;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Streaming;

public sealed class StreamTests
{
    [Fact]
    public async Task Events_come_as_GitHub_sent_them_from_the_moment_of_connecting()
    {
        await using var server = await StartAsync();
        server.Log.Append(Some.Event(1, 1, Some.Now));
        await using var client = await server.StreamAsync();
        server.Log.Append(Some.Event(1, 2, Some.Now, json: """{ "id":"2", "x": "é \u00e9 😀" }"""), Some.Event(
            1, 3, Some.Now, json: "{\n  \"id\": \"3\"\r\n}"));

        Assert.Equal("text/event-stream", client.Response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", client.Response.Headers.CacheControl?.ToString());
        Assert.Null(client.Response.Headers.ETag);
        Assert.Equal("""{ "id":"2", "x": "é \u00e9 😀" }""", (await client.NextAsync("event")).Data);
        Assert.Equal("{   \"id\": \"3\"  }", (await client.NextAsync("event")).Data);
    }

    [Fact]
    public async Task Statistics_come_once_a_second_at_most_for_each_repository_and_are_the_document()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync();
        await server.PublishAsync(Some.Figures(1, 10));
        Assert.Contains("\"events\":10", (await client.NextAsync("statistics")).Data, StringComparison.Ordinal);

        for (var events = 11; events < 20; events++)
            await server.PublishAsync(Some.Figures(1, events));
        await server.PublishAsync(Some.Figures(2, 1));
        Assert.Contains("\"repositoryId\":2", (await client.NextAsync("statistics")).Data, StringComparison.Ordinal);
        server.Time.Advance(StatisticsPace.Interval - TimeSpan.FromMilliseconds(1));
        await server.PublishAsync(Some.Figures(2, 2));
        server.Time.Advance(TimeSpan.FromMilliseconds(1));

        string[] received = [(await client.NextAsync("statistics")).Data, (await client.NextAsync("statistics")).Data];
        Assert.Contains(await server.GetTextAsync("/api/v1/repositories/octo/pulse/statistics"), received);
        Assert.Contains("\"events\":19", string.Concat(received), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_sent()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync(
            "?repository=OCTO/Pulse&repository=octo/later&eventType=WatchEvent&eventType=ForkEvent");
        server.Log.Append(
            Some.Event(1, 1, Some.Now),
            Some.Event(1, 2, Some.Now, "WatchEvent"),
            Some.Event(2, 3, Some.Now, "WatchEvent"),
            Some.Event(1, 4, Some.Now, "ForkEvent"));
        Assert.Equal(["2", "4"], await client.EventsAsync(2));

        await server.PublishAsync(Some.Figures(2, 3), Some.Figures(1, 5, Some.Series("PushEvent", 2), Some.Series("WatchEvent", 3)));
        Assert.Equal(
            await server.GetTextAsync("/api/v1/repositories/octo/pulse/statistics?eventType=WatchEvent&eventType=ForkEvent"),
            (await client.NextAsync("statistics")).Data);

        // The repository that has the name from now on is meant.
        await server.Catalog.PutAsync(Some.Repository(9, "octo/later"));
        server.Log.Append(Some.Event(9, 5, Some.Now, "WatchEvent"));
        Assert.Equal(["5"], await client.EventsAsync(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task An_id_leads_on_after_its_message_on_any_instance(int read)
    {
        var log = new FakeLog();
        await using var first = await StartAsync(log);
        await using var second = await StartAsync(log);
        string id;
        await using (var client = await first.StreamAsync())
        {
            log.Append([.. Enumerable.Range(1, 10).Select(i => Some.Event(1, i, Some.Now))]);
            Assert.Equal(Enumerable.Range(1, read).Select(i => $"{i}"), await client.EventsAsync(read));
            if (read == 0)
                await client.NextAsync();
            id = client.LastId;
        }

        log.Append([.. Enumerable.Range(11, 2000).Select(i => Some.Event(1, i, Some.Now))]);
        var expected = Enumerable.Range(1, 2010).Skip(Math.Max(1, read)).Select(i => $"{i}").ToList();
        foreach (var server in new[] { first, second })
        {
            await using var again = await server.StreamAsync("", id);
            Assert.Equal(expected, await again.EventsAsync(expected.Count));
            log.Append(Some.Event(1, 2010 + expected.Count, Some.Now));
            expected.Add($"{2010 + expected.Count}");
            Assert.Equal([expected[^1]], await again.EventsAsync(1));
        }
    }

    [Fact]
    public async Task Where_the_log_has_partitions_an_id_says_how_far_each_was_read()
    {
        var log = new FakeLog(partitions: 3);
        await using var server = await StartAsync(log);
        await using var client = await server.StreamAsync();
        var received = new List<string>();
        for (var i = 0; i < 30; i++)
            log.AppendTo(i % 3, [], Some.Event(1, i, Some.Now));
        for (var i = 0; i < 30; i++)
        {
            received.AddRange(await client.EventsAsync(1));
            var log2 = log;
            await using var other = await StartAsync(log2);
            await using var again = await other.StreamAsync("", client.LastId);
            Assert.Equal(Enumerable.Range(0, 30).Select(n => $"{n}").Except(received).Order(), (await again.EventsAsync(29 - i)).Order());
        }
    }

    [Fact]
    public async Task Who_comes_back_soon_is_answered_from_memory()
    {
        await using var server = await StartAsync();
        await using var one = await server.StreamAsync();
        await using var other = await server.StreamAsync();
        server.Log.Append([.. Enumerable.Range(1, 100).Select(i => Some.Event(1, i, Some.Now))]);
        await one.EventsAsync(100);
        await other.EventsAsync(10);
        var pages = server.Log.Pages;

        await using var again = await server.StreamAsync("", other.LastId);

        Assert.Equal(Enumerable.Range(11, 90).Select(i => $"{i}"), await again.EventsAsync(90));
        Assert.Equal(pages, server.Log.Pages);
    }

    [Fact]
    public async Task An_event_that_comes_twice_in_the_log_is_sent_once()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync();
        server.Log.Append(Some.Event(1, 1, Some.Now), Some.Event(1, 2, Some.Now), Some.Event(1, 1, Some.Now));
        Assert.Equal(["1", "2"], await client.EventsAsync(2));
        var id = client.LastId;
        server.Log.Append(Some.Event(1, 2, Some.Now), Some.Event(1, 3, Some.Now));
        Assert.Equal(["3"], await client.EventsAsync(1));

        await using var again = await server.StreamAsync("", id);
        Assert.Equal(["3"], await again.EventsAsync(1));
    }

    [Fact]
    public async Task An_occurrence_that_a_webhook_reported_is_not_sent_again_when_it_is_polled()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync();
        var webhook = Some.Event(1, 1, Some.Now) with { Key = new EventKey(EventId.FromWebhook(77), Some.Now) };
        server.Log.Append(webhook);
        Assert.Equal(["1"], await client.EventsAsync(1));
        var id = client.LastId;

        var polled = Some.Event(1, 2, Some.Now.AddSeconds(1));
        server.Log.Remove(webhook.Key);
        server.Log.AppendTo(
            0, [new Supersession(polled.RepositoryId, polled.Type, webhook.Key, polled.Key)], polled, Some.Event(1, 3, Some.Now));

        Assert.Equal(["3"], await client.EventsAsync(1));
        await using var again = await server.StreamAsync("", id);
        Assert.Equal(["3"], await again.EventsAsync(1));
    }

    [Fact]
    public async Task A_comment_comes_every_15_seconds_with_an_id_to_go_on_from()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync("?eventType=ForkEvent");
        using var raw = new StreamReader(await (await server.StreamAsync("?eventType=ForkEvent")).Response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000", await raw.ReadLineAsync());
        Assert.StartsWith("id: ", await raw.ReadLineAsync());
        Assert.Equal("", await raw.ReadLineAsync());
        server.Log.Append(Some.Event(1, 1, Some.Now, "PushEvent"));
        for (var i = 0; i < 3; i++)
        {
            server.Time.Advance(StreamFollower.HeartbeatInterval);
            Assert.StartsWith(":", await raw.ReadLineAsync());
            Assert.StartsWith("id: ", await raw.ReadLineAsync());
            Assert.Equal("", await raw.ReadLineAsync());
        }
    }

    [Theory]
    [InlineData("", "AAAA", "Last-Event-ID")]
    [InlineData("", "17", "Last-Event-ID")]
    [InlineData("?repository=octo", null, "repository")]
    [InlineData("?eventType=a%20b", null, "eventType")]
    public async Task What_is_wrong_is_named(string query, string? lastId, string parameter)
    {
        await using var server = await StartAsync();

        var problem = await server.GetProblemAsync(
            HttpStatusCode.BadRequest, "/api/v1/stream" + query, lastId is null ? [] : [("Last-Event-ID", lastId)]);

        Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task An_id_that_was_changed_is_none()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync();
        server.Log.Append(Some.Event(1, 1, Some.Now));
        await client.EventsAsync(1);
        var id = client.LastId;
        for (var i = 0; i < id.Length; i++)
        {
            var changed = id[..i] + (id[i] == 'A' ? 'B' : 'A') + id[(i + 1)..];
            await server.GetProblemAsync(HttpStatusCode.BadRequest, "/api/v1/stream", ("Last-Event-ID", changed));
        }
    }

    [Fact]
    public async Task A_gap_that_cannot_be_ruled_out_is_said()
    {
        var log = new FakeLog();
        await using var server = await StartAsync(log);
        await using var client = await server.StreamAsync();
        log.Append(Some.Event(1, 1, Some.Now), Some.Event(1, 2, Some.Now));
        await client.EventsAsync(2);
        server.Time.Advance(Some.Week + TimeSpan.FromSeconds(1));

        await using var late = await server.StreamAsync("", client.LastId);
        Assert.Contains("\"from\":\"2026-11-23T07:00:00Z\"", (await late.NextAsync("gap")).Data, StringComparison.Ordinal);

        // A store that was put back to where it had been: the id is of what is no more.
        await using var restored = await StartAsync(new FakeLog());
        await using var ahead = await restored.StreamAsync("", client.LastId);
        Assert.Contains("restored", (await ahead.NextAsync("gap")).Data, StringComparison.Ordinal);
        restored.Log.Append(Some.Event(1, 9, Some.Now));
        Assert.Equal(["9"], await ahead.EventsAsync(1));
    }

    [Fact]
    public async Task Who_is_too_slow_is_cut_off_and_the_others_are_not()
    {
        using var meters = new MeasuringMeterFactory();
        await using var server = await ApiServer.StartAsync(services: services => services.AddSingleton<IMeterFactory>(meters));
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        await using var slow = await server.StreamAsync();
        await using var fast = await server.StreamAsync();
        var filler = new string('x', 2000);
        var events = Enumerable.Range(1, 2 * StreamBuffer.MaxMessages)
            .Select(i => Some.Event(1, i, Some.Now, json: $$"""{"id":"{{i}}","x":"{{filler}}"}"""))
            .ToList();
        foreach (var some in events.Chunk(1024))
        {
            server.Log.Append(some);
            if (some[0].Key == events[0].Key)
                await slow.EventsAsync(5);
            Assert.Equal(some.Select(e => e.Key.Id.ToString()), await fast.EventsAsync(some.Length));
        }

        Assert.Equal(1, meters.Measured["repopulse.api.stream.readers.dropped"]);
        var read = 5;
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await slow.NextAsync() is not null)
                read++;
        });
        Assert.InRange(read, 5, StreamBuffer.MaxMessages);
        await using var again = await server.StreamAsync("", slow.LastId);
        Assert.Equal(events.Skip(read).Take(100).Select(e => e.Key.Id.ToString()), await again.EventsAsync(100));
    }

    [Fact]
    public async Task The_end_of_the_server_is_a_good_end_of_the_stream()
    {
        using var meters = new MeasuringMeterFactory();
        await using var server = await ApiServer.StartAsync(services: services => services.AddSingleton<IMeterFactory>(meters));
        await using var client = await server.StreamAsync();
        Assert.Equal(1, meters.Measured["repopulse.api.stream.readers"]);

        var stopping = server.StopAsync();

        Assert.Null(await client.NextAsync());
        await stopping;
        Assert.Equal(0, meters.Measured["repopulse.api.stream.readers"]);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_problem_at_the_start_and_a_pause_later()
    {
        await using var server = await StartAsync();
        await using var client = await server.StreamAsync();
        server.Log.Failure = new StorageException("'db.internal' is away.", isTransient: true);
        server.Log.Append(Some.Event(1, 1, Some.Now));
        await server.GetProblemAsync(HttpStatusCode.ServiceUnavailable, "/api/v1/stream");

        server.Log.Failure = null;
        var events = client.EventsAsync(1);
        while (!events.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(["1"], await events);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_begin_with()
    {
        await using var server = await StartAsync();

        using var response = await server.SendAsync(HttpMethod.Head, "/api/v1/stream");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<ApiServer> StartAsync(FakeLog? log = null)
    {
        var server = await ApiServer.StartAsync(log: log);
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"), Some.Repository(2, "octo/other"));
        return server;
    }
}
