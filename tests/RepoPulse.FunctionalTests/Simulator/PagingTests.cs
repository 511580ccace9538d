using System.Globalization;
using System.Net;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class PagingTests
{
    [Theory]
    [InlineData("", 30)]
    [InlineData("?per_page=7", 7)]
    [InlineData("?per_page=100", 100)]
    [InlineData("?per_page=1000", 100)]
    [InlineData("?per_page=0", 30)]
    [InlineData("?per_page=many&page=-1", 30)]
    public async Task A_page_has_30_events_unless_asked_otherwise_and_never_more_than_100(string query, int expected)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 150);

        var ids = await github.GetIdsAsync("repos/dotnet/runtime/events" + query);

        Assert.Equal(expected, ids.Count);
    }

    [Fact]
    public async Task Links_lead_through_the_newest_300_events_and_no_further()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        var added = Enumerable.Range(0, 320).Select(i => repository.Add("PushEvent", SimulatedGitHub.Start.AddMinutes(i - 400))).ToList();
        var expected = added.TakeLast(300).Reverse().Select(e => e.Id.ToString(CultureInfo.InvariantCulture));

        var read = new List<string>();
        var pages = 0;
        for (var next = "repos/dotnet/runtime/events?per_page=100"; next is not null; pages++)
        {
            using var response = await github.GetAsync(next);
            read.AddRange((await SimulatedGitHub.ReadJsonAsync(response)).EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            next = SimulatedGitHub.Header(response, "Link")?.Split(", ").FirstOrDefault(
                link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('<', '>')[1];
        }

        Assert.Equal(3, pages);
        Assert.Equal(expected, read);
    }

    [Fact]
    public async Task Links_name_the_repository_by_its_id_and_keep_the_query()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var id = github.AddRepository("dotnet/runtime", events: 250).Id;

        using var first = await github.GetAsync("repos/dotnet/runtime/events?per_page=1000&x=1");
        using var middle = await github.GetAsync("repos/dotnet/runtime/events?per_page=100&page=2&x=1");
        using var last = await github.GetAsync("repos/dotnet/runtime/events?per_page=100&page=3");

        Assert.Equal(
            $"<http://localhost/repositories/{id}/events?per_page=1000&x=1&page=2>; rel=\"next\", "
                + $"<http://localhost/repositories/{id}/events?per_page=1000&x=1&page=3>; rel=\"last\"",
            SimulatedGitHub.Header(first, "Link"));
        Assert.Equal(
            $"<http://localhost/repositories/{id}/events?per_page=100&page=1&x=1>; rel=\"prev\", "
                + $"<http://localhost/repositories/{id}/events?per_page=100&page=3&x=1>; rel=\"next\", "
                + $"<http://localhost/repositories/{id}/events?per_page=100&page=3&x=1>; rel=\"last\", "
                + $"<http://localhost/repositories/{id}/events?per_page=100&page=1&x=1>; rel=\"first\"",
            SimulatedGitHub.Header(middle, "Link"));
        Assert.Equal(
            $"<http://localhost/repositories/{id}/events?per_page=100&page=2>; rel=\"prev\", "
                + $"<http://localhost/repositories/{id}/events?per_page=100&page=1>; rel=\"first\"",
            SimulatedGitHub.Header(last, "Link"));
    }

    [Fact]
    public async Task A_feed_of_one_page_has_no_links()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 30);

        using var response = await github.GetAsync("repos/dotnet/runtime/events");

        Assert.Null(SimulatedGitHub.Header(response, "Link"));
    }

    [Fact]
    public async Task A_page_after_the_last_is_empty()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 5);

        Assert.Empty(await github.GetIdsAsync("repos/dotnet/runtime/events?per_page=100&page=3"));
    }

    [Theory]
    [InlineData("?per_page=100&page=4")]
    [InlineData("?per_page=1000&page=4")]
    [InlineData("?page=11")]
    [InlineData("?per_page=1&page=301")]
    public async Task A_page_beyond_300_events_is_422_however_few_there_are(string query)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 5);

        using var response = await github.GetAsync("repos/dotnet/runtime/events" + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var message = (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString();
        Assert.Contains("pagination is limited for this resource", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_event_between_two_pages_pushes_one_event_onto_the_second()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("dotnet/runtime", events: 20);

        var first = await github.GetIdsAsync("repos/dotnet/runtime/events?per_page=10");
        repository.Add("PushEvent", SimulatedGitHub.Start);
        var second = await github.GetIdsAsync("repos/dotnet/runtime/events?per_page=10&page=2");

        Assert.Equal(first[^1], second[0]);
    }
}
