using System.Net;
using GitHubSimulator;
using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class FaultTests
{
    private const string Feed = "repos/dotnet/runtime/events";

    [Fact]
    public async Task The_next_requests_to_a_path_get_another_answer()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 1);
        github.World.Faults.Next(
            "/repos/dotnet/runtime/events", Fault.Answer(503, "<html>Unicorn!</html>", "text/html").With("Retry-After", "7"), times: 2);

        using var first = await github.GetAsync(Feed);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal("<html>Unicorn!</html>", await first.Content.ReadAsStringAsync());
        Assert.Equal("7", SimulatedGitHub.Header(first, "Retry-After"));
        Assert.Equal("60", SimulatedGitHub.Header(first, "X-RateLimit-Remaining"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync("repos/dotnet/sdk"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await github.GetStatusAsync(Feed + "?page=2"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync(Feed));
        Assert.Equal(0, github.World.Faults.Left);
        Assert.Equal(1, github.World.Shown.Count);
    }

    [Fact]
    public async Task A_faults_headers_win_over_the_usual_ones()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Faults.Next("*", Fault.Answer(403).With("X-RateLimit-Remaining", "0"));

        using var response = await github.GetAsync("events");

        Assert.Equal("0", SimulatedGitHub.Header(response, "X-RateLimit-Remaining"));
        Assert.Equal("Forbidden", (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_fault_can_be_meant_for_a_page_or_a_token()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.World.Faults.Next(
            facts => facts.Query.Contains("page=2", StringComparison.Ordinal) && facts.Token == "alice-1", Fault.Answer(502));

        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events?page=2"));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events", "alice-1"));
        Assert.Equal(HttpStatusCode.BadGateway, await github.GetStatusAsync("events?page=2", "alice-1"));
    }

    [Fact]
    public async Task A_connection_can_be_cut_in_memory()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Faults.Next("/events", Fault.Abort);

        await Assert.ThrowsAnyAsync<Exception>(() => github.GetStatusAsync("events"));

        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("events"));
        Assert.Equal(1, github.World.Requests.WithStatus(0));
        Assert.Equal(1, github.World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task A_connection_can_be_cut_on_a_socket()
    {
        await using var server = await SimulatorServer.StartAsync(new GitHubWorld(TimeProvider.System));
        using var client = server.CreateClient();
        server.World.Faults.Next("/events", Fault.Abort);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("events"));

        using var next = await client.GetAsync("events");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task An_answer_can_be_half_sent_and_broken_on_a_socket_and_shows_nothing_then()
    {
        await using var server = await SimulatorServer.StartAsync(new GitHubWorld(TimeProvider.System));
        using var client = server.CreateClient();
        server.World.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);
        server.World.Faults.Next("/events", Fault.HalfSent);
        server.World.Faults.Next("/events", Fault.BrokenJson);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("events"));
        var broken = await client.GetStringAsync("events");

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(broken));
        Assert.Equal(0, server.World.Shown.Count);
        await client.GetStringAsync("events");
        Assert.Equal(1, server.World.Shown.Count);
    }

    [Fact]
    public async Task An_answer_can_be_delayed_by_the_worlds_clock()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Faults.Next("/events", Fault.Delay(TimeSpan.FromSeconds(10)));

        var answer = github.GetStatusAsync("events");
        while (github.World.Faults.Left > 0)
            await Task.Yield();
        Assert.False(answer.IsCompleted);

        // The wait begins some time after the error was taken.
        while (!answer.IsCompleted)
        {
            github.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, await answer);
    }

    [Fact]
    public async Task A_client_that_gives_up_frees_its_place()
    {
        await using var server = await SimulatorServer.StartAsync(new GitHubWorld(TimeProvider.System));
        using var client = server.CreateClient();
        server.World.Faults.Next("/events", Fault.HoldUntil(new TaskCompletionSource().Task));
        using var impatience = new CancellationTokenSource();

        var answer = client.GetAsync("events", impatience.Token);
        while (server.World.Faults.Left > 0)
            await Task.Yield();
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        while (server.World.Requests.WithStatus(0) == 0)
            await Task.Yield();
        Assert.Equal(1, server.World.Requests.Total);
    }
}
