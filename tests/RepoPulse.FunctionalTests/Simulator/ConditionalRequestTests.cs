using System.Net;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class ConditionalRequestTests
{
    private const string Feed = "repos/dotnet/runtime/events";

    [Fact]
    public async Task An_unchanged_page_is_304_and_free_with_a_valid_token()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");

        using var response = await github.GetAsync(Feed, "alice-1", tag);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(tag, SimulatedGitHub.Header(response, "ETag"));
        Assert.Equal("1", SimulatedGitHub.Header(response, "X-RateLimit-Used"));
        Assert.Equal(1, github.World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task An_unchanged_page_is_304_but_counts_without_a_token()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, token: null);

        using var response = await github.GetAsync(Feed, token: null, tag);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("2", SimulatedGitHub.Header(response, "X-RateLimit-Used"));
        Assert.Equal(2, github.World.Requests.CountedAgainstPrimaryLimit);
    }

    [Fact]
    public async Task A_new_event_makes_a_new_ETag()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");
        github.World.Repository("dotnet/runtime").Add("PushEvent", SimulatedGitHub.Start);

        using var response = await github.GetAsync(Feed, "alice-1", tag);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(tag, SimulatedGitHub.Header(response, "ETag"));
        Assert.Equal("2", SimulatedGitHub.Header(response, "X-RateLimit-Used"));
    }

    [Fact]
    public async Task An_ETag_belongs_to_one_token_even_of_the_same_user()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");

        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync(Feed, "alice-2", tag));
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync(Feed, token: null, tag));
        Assert.Equal(HttpStatusCode.NotModified, await github.GetStatusAsync(Feed, "alice-1", tag));
    }

    [Fact]
    public async Task An_ETag_belongs_to_one_address()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");

        // The same events in either case: all three of them.
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync(Feed + "?per_page=100", "alice-1", tag));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task If_None_Match_may_be_a_list_or_an_asterisk(string header)
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");

        var sent = header.Replace("{0}", tag, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotModified, await github.GetStatusAsync(Feed, "alice-1", sent));
    }

    [Fact]
    public async Task A_tag_is_weak_and_matches_in_its_strong_form_too()
    {
        await using var github = await StartAsync();
        var tag = await TagAsync(github, Feed, "alice-1");

        Assert.StartsWith("W/\"", tag, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, await github.GetStatusAsync(Feed, "alice-1", tag[2..]));
    }

    private static async Task<SimulatedGitHub> StartAsync()
    {
        var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.World.Accounts.AddToken("alice", "alice-2");
        github.AddRepository("dotnet/runtime", events: 3);
        return github;
    }

    private static async Task<string> TagAsync(SimulatedGitHub github, string path, string? token)
    {
        using var response = await github.GetAsync(path, token);
        return SimulatedGitHub.Header(response, "ETag")!;
    }
}
