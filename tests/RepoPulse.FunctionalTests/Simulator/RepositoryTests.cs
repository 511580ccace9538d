using System.Net;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class RepositoryTests
{
    [Fact]
    public async Task A_repository_is_described_by_name_and_by_id()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var id = github.World.Repository("dotnet/runtime").Id;

        var byName = await github.GetJsonAsync("repos/DOTNET/runtime");
        var byId = await github.GetJsonAsync($"repositories/{id}");

        Assert.Equal(id, byName.GetProperty("id").GetInt64());
        Assert.Equal("runtime", byName.GetProperty("name").GetString());
        Assert.Equal("dotnet/runtime", byName.GetProperty("full_name").GetString());
        Assert.Equal("dotnet", byName.GetProperty("owner").GetProperty("login").GetString());
        Assert.False(byName.GetProperty("private").GetBoolean());
        Assert.Equal(byName.GetRawText(), byId.GetRawText());
    }

    [Fact]
    public void The_same_name_has_the_same_id_in_every_world()
    {
        Assert.Equal(
            new GitHubWorld(TimeProvider.System).Repository("dotnet/runtime").Id,
            new GitHubWorld(TimeProvider.System, new WorldOptions { Seed = 7 }).Repository("DotNet/Runtime").Id);
    }

    [Fact]
    public async Task A_renamed_repository_redirects_for_good_and_keeps_its_id_and_events()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("old/name", events: 40);

        repository.RenameTo("new/title");
        using var response = await github.GetAsync("repos/old/name/events?per_page=5&page=2");
        var location = response.Headers.Location!.ToString();

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal($"http://localhost/repositories/{repository.Id}/events?per_page=5&page=2", location);
        Assert.Equal("Moved Permanently", (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString());
        Assert.Equal(5, (await github.GetIdsAsync(location)).Count);
        Assert.Equal("new/title", (await github.GetJsonAsync($"repositories/{repository.Id}")).GetProperty("full_name").GetString());
        Assert.Equal(HttpStatusCode.OK, await github.GetStatusAsync("repos/new/title/events"));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_can_be_temporary(int status)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Repository("old/name").RenameTo("new/title", status);

        Assert.Equal(status, (int)await github.GetStatusAsync("repos/old/name"));
    }

    [Fact]
    public async Task A_name_taken_by_another_repository_no_longer_redirects()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var first = github.World.Repository("old/name");
        first.RenameTo("new/title");

        var second = github.World.Repository("old/name");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await github.GetJsonAsync("repos/old/name")).GetProperty("id").GetInt64());
        Assert.Equal(first.Id, (await github.GetJsonAsync("repos/new/title")).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_repository_deleted_and_made_again_has_another_id_and_its_own_events()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var first = github.AddRepository("dotnet/runtime", events: 3);
        first.Availability = Availability.NotFound;

        var second = github.World.AddRepository("dotnet/runtime");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Empty(await github.GetIdsAsync("repos/dotnet/runtime/events"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync($"repositories/{first.Id}/events"));
    }

    [Theory]
    [InlineData(Availability.NotFound, 404, "Not Found")]
    [InlineData(Availability.Gone, 410, "Gone")]
    [InlineData(Availability.Blocked, 451, "Repository access blocked")]
    public async Task A_repository_can_go_and_come_back(Availability availability, int status, string message)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("dotnet/runtime", events: 2);
        github.AddRepository("dotnet/sdk", events: 1);

        repository.Availability = availability;
        using var response = await github.GetAsync("repos/dotnet/runtime/events");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(message, (await SimulatedGitHub.ReadJsonAsync(response)).GetProperty("message").GetString());
        Assert.Equal(status, (int)await github.GetStatusAsync($"repositories/{repository.Id}"));
        Assert.Single(await github.GetIdsAsync("orgs/dotnet/events"));
        Assert.Single(await github.GetIdsAsync("events"));

        repository.Availability = Availability.Available;
        Assert.Equal(2, (await github.GetIdsAsync("repos/dotnet/runtime/events")).Count);
    }

    [Fact]
    public async Task A_former_name_of_a_repository_that_is_gone_does_not_redirect()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("old/name");
        repository.RenameTo("new/title");
        repository.Availability = Availability.Gone;

        Assert.Equal(HttpStatusCode.Gone, await github.GetStatusAsync("repos/old/name/events"));
    }

    [Fact]
    public async Task A_private_repository_is_404_to_a_token_that_may_not_read_it()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.World.Accounts.AddToken("bob", "bob-1");
        github.World.AddRepository("acme/secret", new RepositoryOptions { Readers = ["Alice"] }).Add("PushEvent", SimulatedGitHub.Start);

        Assert.Single(await github.GetIdsAsync("repos/acme/secret/events", "alice-1"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync("repos/acme/secret/events", "bob-1"));
        Assert.Equal(HttpStatusCode.NotFound, await github.GetStatusAsync("repos/acme/secret/events"));
        // An organization's feed shows what is public, whatever token asks.
        Assert.Empty(await github.GetIdsAsync("orgs/acme/events", "alice-1"));
        Assert.Empty(await github.GetIdsAsync("orgs/acme/events", "bob-1"));
        Assert.Empty(await github.GetIdsAsync("events", "alice-1"));
    }
}
