using System.Net;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.World;
using Octokit;
using Octokit.Internal;

namespace RepoPulse.FunctionalTests.Simulator;

/// <summary>The simulator held against a client that was written for the real GitHub.</summary>
public sealed class OctokitTests
{
    private static readonly ProductHeaderValue Product = new("octokit-tests");

    [Fact]
    public async Task Octokit_reads_the_events_of_a_repository_with_their_payloads()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.World.Repository("dotnet/runtime");
        var push = repository.Add("PushEvent", SimulatedGitHub.Start.AddMinutes(-4));
        repository.Add("IssuesEvent", SimulatedGitHub.Start.AddMinutes(-3));
        repository.Add("PullRequestEvent", SimulatedGitHub.Start.AddMinutes(-2));
        repository.Add("ForkEvent", SimulatedGitHub.Start.AddMinutes(-1));

        var events = await Client(github).Activity.Events.GetAllForRepository("dotnet", "runtime");

        Assert.Equal(["ForkEvent", "PullRequestEvent", "IssuesEvent", "PushEvent"], events.Select(e => e.Type));
        Assert.Equal(push.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), events[3].Id);
        Assert.Equal(push.CreatedAt, events[3].CreatedAt);
        Assert.Equal(repository.Id, events[3].Repo.Id);
        Assert.Equal("dotnet/runtime", events[3].Repo.Name);
        Assert.Equal("dotnet", events[3].Org.Login);
        Assert.NotEmpty(events[3].Actor.Login);
        Assert.StartsWith("refs/heads/", Assert.IsType<PushEventPayload>(events[3].Payload).Ref, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.IsType<IssueEventPayload>(events[2].Payload).Issue.Title);
        Assert.NotEqual(0, Assert.IsType<PullRequestEventPayload>(events[1].Payload).Number);
        Assert.EndsWith("/runtime", Assert.IsType<ForkEventPayload>(events[0].Payload).Forkee.FullName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Octokit_pages_through_all_300_events()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("dotnet/runtime", events: 320);

        var events = await Client(github).Activity.Events.GetAllForRepository("dotnet", "runtime", new ApiOptions { PageSize = 100 });

        Assert.Equal(300, events.DistinctBy(e => e.Id).Count());
        Assert.Equal(300, github.World.Shown.Of(repository).Count);
        Assert.Equal(
            [200, 200, 200], github.World.Requests.Recent.Select(request => request.Status));
    }

    [Fact]
    public async Task Octokit_pages_through_all_300_events_at_30_a_page()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 320);

        var events = await Client(github).Activity.Events.GetAllForRepository("dotnet", "runtime");

        Assert.Equal(300, events.Count);
        Assert.Equal(10, github.World.Requests.Total);
    }

    [Fact]
    public async Task Octokit_reads_the_feeds_of_an_organization_and_of_everyone()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.AddRepository("dotnet/runtime", events: 31);
        github.AddRepository("rust-lang/rust", events: 1);

        Assert.Equal(31, (await Client(github).Activity.Events.GetAllForOrganization("dotnet")).Count);
        Assert.Equal(32, (await Client(github).Activity.Events.GetAll()).Count);
    }

    [Fact]
    public async Task Octokit_reads_the_limits_from_headers_and_from_their_own_endpoint()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.AddRepository("dotnet/runtime", events: 1);
        var client = Client(github, "alice-1");

        await client.Activity.Events.GetAllForRepository("dotnet", "runtime");
        var info = client.GetLastApiInfo();
        var limits = await client.RateLimit.GetRateLimits();

        Assert.Equal(5_000, info.RateLimit.Limit);
        Assert.Equal(4_999, info.RateLimit.Remaining);
        Assert.Equal(SimulatedGitHub.Start.AddHours(1), info.RateLimit.Reset);
        Assert.StartsWith("W/\"", info.Etag, StringComparison.Ordinal);
        Assert.Equal(4_999, limits.Resources.Core.Remaining);
        Assert.Equal(SimulatedGitHub.Start.AddHours(1), limits.Rate.Reset);
    }

    /// <summary>
    /// Octokit's clients know no conditional requests (its issue 352); its HTTP layer carries the header, and Octokit reads the response.
    /// </summary>
    [Fact]
    public async Task Octokits_HTTP_layer_makes_a_conditional_request()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        github.AddRepository("dotnet/runtime", events: 1);
        var client = Client(github, "alice-1");
        await client.Activity.Events.GetAllForRepository("dotnet", "runtime", new ApiOptions { PageSize = 100 });
        var request = new Request
        {
            Method = HttpMethod.Get,
            BaseAddress = github.Server.BaseAddress,
            Endpoint = new Uri(github.World.Requests.Recent[^1].Path + github.World.Requests.Recent[^1].Query, UriKind.Relative),
            Timeout = TimeSpan.FromMinutes(1),
        };
        request.Headers.Add("User-Agent", Product.ToString());
        request.Headers.Add("Authorization", "Token alice-1");
        request.Headers.Add("If-None-Match", client.GetLastApiInfo().Etag);

        using var http = new HttpClientAdapter(github.Server.CreateHandler);
        var answer = await http.Send(request, CancellationToken.None, preprocessResponseBody: null);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal(4_999, answer.ApiInfo.RateLimit.Remaining);
    }

    [Fact]
    public async Task Octokit_takes_an_exhausted_limit_for_what_it_is()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1").Exhaust(SimulatedGitHub.Start);

        var e = await Assert.ThrowsAsync<RateLimitExceededException>(
            () => Client(github, "alice-1").Activity.Events.GetAllForRepository("dotnet", "runtime"));

        Assert.Equal(0, e.Remaining);
        Assert.Equal(SimulatedGitHub.Start.AddHours(1), e.Reset);
    }

    [Fact]
    public async Task Octokit_takes_a_secondary_limit_for_what_it_is()
    {
        await using var github = await SimulatedGitHub.StartAsync(new WorldOptions { Limits = new LimitOptions { PointsPerMinute = 0 } });

        await Assert.ThrowsAsync<SecondaryRateLimitExceededException>(
            () => Client(github).Activity.Events.GetAllForRepository("dotnet", "runtime"));
    }

    /// <summary>The wording of former years, which Octokit still distinguishes.</summary>
    [Fact]
    public async Task Octokit_takes_the_former_abuse_message_for_what_it_is()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        const string Body =
            """{"message":"You have triggered an abuse detection mechanism. Please wait a few minutes before you try again."}""";
        github.World.Faults.Next("*", Fault.Answer(403, Body).With("Retry-After", "60"));

        var e = await Assert.ThrowsAsync<AbuseException>(() => Client(github).Activity.Events.GetAllForRepository("dotnet", "runtime"));

        Assert.Equal(60, e.RetryAfterSeconds);
    }

    [Fact]
    public async Task Octokit_takes_refusals_for_what_they_are()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Repository("blocked/one").Availability = Availability.Blocked;
        github.World.Repository("gone/one").Availability = Availability.Gone;
        var client = Client(github);

        await Assert.ThrowsAsync<NotFoundException>(() => client.Activity.Events.GetAllForRepository("no", "body"));
        await Assert.ThrowsAsync<NotFoundException>(() => client.Repository.Get("no", "body"));
        await Assert.ThrowsAsync<LegalRestrictionException>(() => client.Repository.Get("blocked", "one"));
        var gone = await Assert.ThrowsAsync<ApiException>(() => client.Repository.Get("gone", "one"));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        var credentials = await Assert.ThrowsAsync<AuthorizationException>(() => Client(github, "bad").Repository.Get("no", "body"));
        Assert.Equal("Bad credentials", credentials.ApiError.Message);
        await Assert.ThrowsAsync<ApiValidationException>(
            () => client.Connection.Get<object>(new Uri("events?per_page=100&page=4", UriKind.Relative), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Octokit_follows_a_renamed_repository()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var repository = github.AddRepository("old/name", events: 31);
        repository.RenameTo("new/title");
        var client = Client(github);

        var found = await client.Repository.Get("old", "name");
        var events = await client.Activity.Events.GetAllForRepository("old", "name");

        Assert.Equal(repository.Id, found.Id);
        Assert.Equal("new/title", found.FullName);
        Assert.Equal(31, events.Count);
        Assert.Equal(2, github.World.Requests.WithStatus(301));
    }

    [Fact]
    public async Task Octokit_describes_a_repository_and_a_user()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.World.Accounts.AddToken("alice", "alice-1");
        var id = github.World.Repository("dotnet/runtime").Id;
        var client = Client(github, "alice-1");

        var repository = await client.Repository.Get(id);

        Assert.Equal("dotnet/runtime", repository.FullName);
        Assert.Equal("dotnet", repository.Owner.Login);
        Assert.Equal("alice", (await client.User.Current()).Login);
    }

    private static GitHubClient Client(SimulatedGitHub github, string? token = null) => new(new Connection(
        Product,
        github.Server.BaseAddress,
        new InMemoryCredentialStore(token is null ? Credentials.Anonymous : new Credentials(token)),
        new HttpClientAdapter(github.Server.CreateHandler),
        new SimpleJsonSerializer()));
}
