using System.Globalization;
using System.Net;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class RequiredHeaderTests
{
    [Fact]
    public async Task Without_a_user_agent_everything_is_403()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Client.DefaultRequestHeaders.UserAgent.Clear();

        using var response = await github.GetAsync("");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            "make sure your request has a User-Agent header", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2022-11-28", HttpStatusCode.OK)]
    [InlineData("2021-01-01", HttpStatusCode.BadRequest)]
    [InlineData("v3", HttpStatusCode.BadRequest)]
    public async Task An_unknown_version_is_400(string version, HttpStatusCode expected)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", version);

        Assert.Equal(expected, await github.GetStatusAsync(""));
    }

    [Theory]
    [InlineData("application/vnd.github+json", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("text/html", HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_JSON_is_to_be_had(string accept, HttpStatusCode expected)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Client.DefaultRequestHeaders.Accept.ParseAdd(accept);

        Assert.Equal(expected, await github.GetStatusAsync(""));
    }

    [Fact]
    public async Task A_bad_or_revoked_token_is_401()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "good");

        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("", "good"));
        github.World.Accounts.Revoke("good");
        using var response = await github.GetAsync("", "good");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bad credentials", (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("Bearer good")]
    [InlineData("token good")]
    [InlineData("bearer good")]
    [InlineData("Basic YWxpY2U6Z29vZA==")]
    public async Task A_token_may_come_in_any_scheme_that_GitHub_takes(string authorization)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "good");
        github.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal("alice", (await github.GetJsonAsync("user")).GetProperty("login").GetString());
    }

    [Fact]
    public async Task Who_one_is_cannot_be_asked_without_a_token()
    {
        await using var github = await SimulatedGitHub.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await github.GetStatusAsync("user"));
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("repos/dotnet/runtime", 404)]
    [InlineData("repos/dotnet/runtime/events?page=11", 404)]
    [InlineData("no/such/thing.json", 404)]
    [InlineData("events?page=11", 422)]
    public async Task Every_answer_names_the_limits_the_time_and_itself(string path, int expected)
    {
        await using var github = await SimulatedGitHub.StartAsync();

        using var response = await github.GetAsync(path);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("60", SimulatedGitHub.Header(response, "X-RateLimit-Limit"));
        Assert.Equal("59", SimulatedGitHub.Header(response, "X-RateLimit-Remaining"));
        Assert.Equal("1", SimulatedGitHub.Header(response, "X-RateLimit-Used"));
        Assert.Equal("core", SimulatedGitHub.Header(response, "X-RateLimit-Resource"));
        var reset = long.Parse(SimulatedGitHub.Header(response, "X-RateLimit-Reset")!, CultureInfo.InvariantCulture);
        Assert.Equal(SimulatedGitHub.Start.AddHours(1), DateTimeOffset.FromUnixTimeSeconds(reset));
        Assert.Equal(SimulatedGitHub.Start, response.Headers.Date);
        Assert.Matches("^[0-9A-F]+(:[0-9A-F]+){4}$", SimulatedGitHub.Header(response, "X-GitHub-Request-Id"));
    }

    [Fact]
    public async Task A_method_that_is_not_supported_is_404()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 1);

        using var response = await github.Client.PostAsync("repos/dotnet/runtime/events", new StringContent(""));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Answers_are_compressed_for_who_asks()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 100);
        github.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using var response = await github.GetAsync("repos/dotnet/runtime/events");

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
    }
}
