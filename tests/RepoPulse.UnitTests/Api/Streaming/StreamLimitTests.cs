using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Streaming;

/// <summary>What readers of the stream may take of the server.</summary>
public sealed class StreamLimitTests
{
    [Theory]
    [InlineData(2, 9, HttpStatusCode.ServiceUnavailable, "streams")]
    [InlineData(9, 2, HttpStatusCode.TooManyRequests, "streams_of_client")]
    public async Task Above_the_limit_a_stream_is_a_problem_until_another_is_closed(
        int max, int maxOfClient, HttpStatusCode status, string reason)
    {
        using var meters = new MeasuringMeterFactory();
        await using var server = await ApiServer.StartAsync(
            new ApiOptions { MaxStreams = max, MaxStreamsPerClient = maxOfClient },
            services: services => services.AddSingleton<IMeterFactory>(meters));
        await using var one = await server.StreamAsync();
        var other = await server.StreamAsync();

        using (var refused = await server.GetAsync("/api/v1/stream"))
        {
            var problem = await ApiServer.ReadProblemAsync(status, refused);
            Assert.Contains("2 streams", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(1, meters.Measured[$"repopulse.api.requests.refused{{reason={reason}}}"]);
        await other.DisposeAsync();
        while (meters.Measured["repopulse.api.stream.readers"] > 1)
            await Task.Yield();
        using var next = await OpenAsync(server);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task The_streams_of_one_key_leave_room_for_those_of_another()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { MaxStreamsPerClient = 1, Keys = ["one", "other"] });
        using var one = await OpenAsync(server, "one");
        using var second = await OpenAsync(server, "one");
        using var other = await OpenAsync(server, "other");

        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_takes_nothing_is_cut_off_after_30_seconds_and_held_little(bool resumes)
    {
        using var meters = new MeasuringMeterFactory();
        var log = new FakeLog();
        await using var server = await ApiServer.StartAsync(log: log, services: services => services.AddSingleton<IMeterFactory>(meters));
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        string id;
        await using (var other = await ApiServer.StartAsync(log: log))
        await using (var first = await other.StreamAsync())
        {
            log.Append(Some.Event(1, 1, Some.Now));
            await first.EventsAsync(1);
            id = first.LastId;
        }

        var large = new string('x', 80_000);
        void Append(int count) => log.Append(
            [.. Enumerable.Range(2, count).Select(i => Some.Event(1, i, Some.Now, json: $$"""{"id":"{{i}}","x":"{{large}}"}"""))]);

        // Before this instance follows the log, so that it is read for this reader alone.
        if (resumes)
            Append(200);
        using var stalled = resumes ? await OpenAsync(server, lastId: id) : await OpenAsync(server);
        if (!resumes)
            Append(200);
        while (!meters.Measured.ContainsKey("repopulse.api.stream.readers.dropped"))
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        // None where the events came to the reader from the shared buffer.
        Assert.InRange(log.LargestPage, 0, 1 << 20);
        Assert.Equal(1, meters.Measured["repopulse.api.responses.cut{reason=stalled}"]);
        Assert.Equal(0, server.Services.GetRequiredService<ResponseMemory>().Held);
        await Assert.ThrowsAnyAsync<Exception>(() => stalled.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> OpenAsync(ApiServer server, string? key = null, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        if (key is not null)
            request.Headers.Add("Authorization", $"Bearer {key}");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
