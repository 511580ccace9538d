using System.Net;
using GitHubSimulator;
using GitHubSimulator.Faults;
using GitHubSimulator.World;
using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class DirectHandlerTests : IDisposable
{
    private const string Feed = "repos/dotnet/runtime/events?per_page=100";
    private readonly FakeTimeProvider _time = new(SimulatedGitHub.Start);
    private readonly GitHubWorld _world;
    private readonly HttpClient _client;

    public DirectHandlerTests()
    {
        _world = new GitHubWorld(_time);
        _client = new HttpClient(new DirectHandler(_world))
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = Timeout.InfiniteTimeSpan
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("test");
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_answer_is_the_one_that_a_server_gives()
    {
        await using var server = await SimulatedGitHub.StartAsync();
        foreach (var world in (GitHubWorld[])[_world, server.World])
        {
            var repository = world.Repository("dotnet/runtime");
            for (var i = 0; i < 150; i++)
                repository.Add("WatchEvent", SimulatedGitHub.Start.AddMinutes(-i));
        }

        foreach (var path in (string[])
        [
            Feed, Feed + "&page=2", Feed + "&page=4", "repos/no/body", "rate_limit", "user", "", "orgs/dotnet/events", "api/v3/events"
        ])
        {
            using var direct = await _client.GetAsync(path);
            using var served = await server.Client.GetAsync(path);

            Assert.Equal(served.StatusCode, direct.StatusCode);
            Assert.Equal(await served.Content.ReadAsStringAsync(), await direct.Content.ReadAsStringAsync());
            Assert.Equal(Headers(served), Headers(direct));
        }

        static List<string> Headers(HttpResponseMessage response) =>
            [.. response.Headers
                .Concat(response.Content.Headers)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                .Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_request_that_waits_for_nothing_is_answered_before_the_call_returns()
    {
        _world.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);

        var answer = _client.GetAsync(Feed);

        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_request_that_waits_goes_on_in_the_call_that_advances_the_clock()
    {
        _world.Weather = new FaultWeather(1, new FaultWeatherOptions { MinLatency = TimeSpan.FromSeconds(2) });
        var finishedOn = 0;

        // Without the context of the test, so that nothing is handed to another thread.
        var sent = await Task.Factory.StartNew(
            () =>
            {
                var answer = SendAsync();
                _time.Advance(TimeSpan.FromSeconds(1));
                Assert.False(answer.IsCompleted);
                _time.Advance(TimeSpan.FromSeconds(1));
                Assert.True(answer.IsCompletedSuccessfully);
                Assert.Equal(Environment.CurrentManagedThreadId, finishedOn);
                return answer;
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            TaskScheduler.Default);
        await sent;

        async Task SendAsync()
        {
            using var response = await _client.GetAsync(Feed).ConfigureAwait(false);
            finishedOn = Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task An_event_that_happens_between_two_pages_moves_one_to_the_second()
    {
        _world.Weather = new FaultWeather(1, new FaultWeatherOptions { MinLatency = TimeSpan.FromSeconds(2) });
        var repository = _world.Repository("dotnet/runtime");
        for (var i = 1; i <= 110; i++)
            repository.Add("WatchEvent", SimulatedGitHub.Start.AddMinutes(-i));
        repository.Add("WatchEvent", SimulatedGitHub.Start.AddSeconds(3));

        var first = await AdvanceAsync(_client.GetStringAsync(Feed));
        var second = await AdvanceAsync(_client.GetStringAsync(Feed + "&page=2"));

        Assert.Equal(100, Ids(first).Count);
        Assert.Equal(11, Ids(second).Count);
        Assert.Equal(Ids(first)[^1], Ids(second)[0]);
    }

    [Fact]
    public async Task A_cut_a_half_sent_and_a_broken_answer_show_no_event()
    {
        _world.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);
        _world.Faults.Next("*", Fault.Abort);
        _world.Faults.Next("*", Fault.HalfSent);
        _world.Faults.Next("*", Fault.BrokenJson);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(Feed));
        var half = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(Feed));
        using var broken = await _client.GetAsync(Feed);

        Assert.IsType<IOException>(half.InnerException, exactMatch: false);
        Assert.Equal(HttpStatusCode.OK, broken.StatusCode);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Ids(broken.Content.ReadAsStringAsync().GetAwaiter().GetResult()));
        Assert.Equal(0, _world.Shown.Count);
        Assert.Single(Ids(await _client.GetStringAsync(Feed)));
        Assert.Equal(1, _world.Shown.Count);
    }

    [Fact]
    public async Task A_half_sent_body_announces_its_whole_length()
    {
        _world.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);
        var whole = await _client.GetByteArrayAsync(Feed);
        _world.Faults.Next("*", Fault.HalfSent);

        using var response = await _client.GetAsync(Feed, HttpCompletionOption.ResponseHeadersRead);
        using var received = new MemoryStream();

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.CopyToAsync(received));
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        Assert.Equal(whole.Length / 2, received.Length);
    }

    [Fact]
    public async Task A_client_that_gives_up_is_shown_nothing_but_charged()
    {
        _world.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);
        _world.Weather = new FaultWeather(1, new FaultWeatherOptions { MinLatency = TimeSpan.FromSeconds(4) });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3), _time);

        var answer = _client.GetAsync(Feed, patience.Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(0, _world.Shown.Count);
        Assert.Equal(1, _world.Requests.WithStatus(0));
        Assert.Equal(1, _world.Requests.CountedAgainstPrimaryLimit);
    }

    private async Task<string> AdvanceAsync(Task<string> answer)
    {
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await answer;
    }

    private static List<string> Ids(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }
}
