using System.Net;
using GitHubSimulator;
using GitHubSimulator.Events;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary>What every way of running RepoPulse must do with webhooks, beside the polls of the same repository.</summary>
public abstract class WebhookSuite : IAsyncLifetime
{
    private const string Name = "octo/cat";

    private static readonly string[] Types =
    [
        "PushEvent", "WatchEvent", "IssuesEvent", "IssueCommentEvent", "PullRequestEvent", "PullRequestReviewEvent",
        "PullRequestReviewCommentEvent",
        "CreateEvent", "DeleteEvent", "ForkEvent", "ReleaseEvent", "GollumEvent", "MemberEvent", "CommitCommentEvent",
    ];

    private readonly IDeployment _deployment;
    private readonly ApiReader _apis;
    private SimulatorServer _github = null!;
    private int _deliveries;

    private protected WebhookSuite(IDeployment deployment)
    {
        _deployment = deployment;
        _apis = new(deployment);
    }

    private GitHubWorld World => _github.World;

    public async ValueTask InitializeAsync()
        => _github = await SimulatorServer.StartAsync(
            new GitHubWorld(TimeProvider.System, new WorldOptions { AcceptAnyToken = true, PollInterval = TimeSpan.FromSeconds(1) }));

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await _github.DisposeAsync();
        _apis.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_comes_by_both_ways_counts_once_in_either_order_whatever_is_killed_in_between()
    {
        var repository = World.Repository(Name);
        await StartAsync();

        // Delivered at once, and shown by the feed a little later.
        var first = Happen(repository, minutesAgo: 300, visibleIn: TimeSpan.FromSeconds(3));
        await DeliverAsync(first);
        await _apis.CountedAsync(Name, first.Count);
        await _deployment.KillAsync();
        await StartAsync();
        await DeliverAsync(first);
        await HeldAsync(first);

        // Shown by the feed, and delivered later; the last of them only by one of the two.
        var second = Happen(repository, minutesAgo: 200, visibleIn: TimeSpan.Zero);
        await HeldAsync([.. first, .. second]);
        await DeliverAsync(second);
        var delivered = repository.Add("WatchEvent", Ago(50), new EventDraft { Delay = TimeSpan.FromDays(1) });
        await DeliverAsync([delivered]);
        await _apis.CountedAsync(Name, first.Count + second.Count + 1);

        await _apis.AssertStatisticsAsync(Name, first.Concat(second).Append(delivered).Select(e => e.ToKey()));
        var newest = (await _apis.GetAsync($"api/v1/repositories/{Name}/events?limit=1")).GetProperty("items")[0];
        Assert.StartsWith("webhook-", newest.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_on_no_list_is_stored_where_its_hook_knows_the_secret()
    {
        await StartAsync();
        var dog = World.Repository("octo/dog");
        await DeliverAsync([dog.Add("WatchEvent", Ago(1)), dog.Add("PushEvent", Ago(2))]);
        var found = await _apis.GetAsync("api/v1/repositories/octo/dog", repository => repository.GetProperty("events").GetInt32() == 2);
        Assert.Equal("unwatched", found.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_keys_of_the_API_are_not_asked_for()
    {
        await StartAsync("--Api:Keys=a-key");
        var e = World.Repository(Name).Add("WatchEvent", Ago(1));
        using var delivery = GitHubHook.Delivery(NextCollector(), e);
        delivery.Headers.Remove("X-Hub-Signature-256");
        delivery.Headers.Add("X-Hub-Signature-256", "sha256=" + new string('0', 64));
        using var refused = await _apis.SendAsync(delivery);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        await DeliverAsync([e]);
        _apis.Key = "a-key";
        await _apis.CountedAsync(Name, 1);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_endpoint()
    {
        await StartAsync("--Webhooks:Secret=");
        using var delivery = GitHubHook.Delivery(NextCollector(), "ping", "{}"u8.ToArray(), "one");
        using var answer = await _apis.SendAsync(delivery);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static DateTimeOffset Ago(int minutes) =>
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddMinutes(-minutes);

    /// <summary>Two events of every type, all of which the feed begins to show at one time.</summary>
    private static List<SimulatedEvent> Happen(SimulatedRepository repository, int minutesAgo, TimeSpan visibleIn)
    {
        var visibleAt = TimeProvider.System.GetUtcNow() + visibleIn;
        var start = Ago(minutesAgo);
        return [.. Types.Concat(Types).Select((type, i) =>
        {
            var at = start.AddSeconds(i * 7 % 11 * 13);
            return repository.Add(type, at, new EventDraft { Delay = visibleAt - at });
        })];
    }

    private async Task DeliverAsync(IEnumerable<SimulatedEvent> events)
    {
        foreach (var e in events)
        {
            using var delivery = GitHubHook.Delivery(NextCollector(), e);
            using var answer = await _apis.SendAsync(delivery);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Accepted, $"{e.Type}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private Task StartAsync(params string[] more) => _deployment.StartAsync(
    [
        "--Collector:Repositories=" + Name,
        $"--GitHub:ApiUrl={_github.BaseAddress}",
        "--GitHub:Tokens=a-token",
        "--Collector:MinPollInterval=00:00:00.200",
        "--Collector:MaxPollInterval=00:00:01",
        $"--Webhooks:Secret={GitHubHook.Secret}",
        .. more,
    ]);

    /// <summary>Waits until these events are held in the form that the feed shows them in, and no others.</summary>
    private Task HeldAsync(List<SimulatedEvent> events) => _apis.HeldAsync(Name, events.Select(e => e.ToKey()));

    /// <summary>Each in turn: a caller that balances their load does not know which of them polls the repository.</summary>
    private Uri NextCollector() => _deployment.Collectors[_deliveries++ % _deployment.Collectors.Count];
}
