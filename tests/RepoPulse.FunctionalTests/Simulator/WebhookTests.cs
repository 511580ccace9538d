using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitHubSimulator.Webhooks;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class WebhookTests : IDisposable
{
    private const string Secret = "It's a Secret to Everybody";
    private static readonly Uri Target = new("http://127.0.0.1:8081/webhooks/github");
    private readonly DirectGitHub _github = new();
    private readonly WebhookSender _sender = new(Target, Secret);

    public void Dispose() => _github.Dispose();

    [Theory]
    [InlineData("PushEvent", "push")]
    [InlineData("WatchEvent", "star")]
    [InlineData("IssuesEvent", "issues")]
    [InlineData("IssueCommentEvent", "issue_comment")]
    [InlineData("PullRequestEvent", "pull_request")]
    [InlineData("PullRequestReviewEvent", "pull_request_review")]
    [InlineData("PullRequestReviewCommentEvent", "pull_request_review_comment")]
    [InlineData("CreateEvent", "create")]
    [InlineData("DeleteEvent", "delete")]
    [InlineData("ForkEvent", "fork")]
    [InlineData("ReleaseEvent", "release")]
    [InlineData("GollumEvent", "gollum")]
    [InlineData("MemberEvent", "member")]
    [InlineData("CommitCommentEvent", "commit_comment")]
    [InlineData("DiscussionEvent", "discussion")]
    [InlineData("PublicEvent", "public")]
    public async Task An_event_is_sent_under_its_webhooks_name_with_its_repository_and_sender(string type, string expected)
    {
        var e = _github.World.Repository("acme/tool").Add(type, DirectGitHub.Start);

        using var request = _sender.Create(e)!;
        var payload = await PayloadAsync(request);

        Assert.Equal((HttpMethod.Post, Target), (request.Method, request.RequestUri));
        Assert.Equal(expected, Header(request, "X-GitHub-Event"));
        Assert.StartsWith("GitHub-Hookshot/", Header(request, "User-Agent"), StringComparison.Ordinal);
        Assert.Equal(e.Repository.Id, payload.GetProperty("repository").GetProperty("id").GetInt64());
        Assert.Equal("acme/tool", payload.GetProperty("repository").GetProperty("full_name").GetString());
        Assert.Equal("acme", payload.GetProperty("organization").GetProperty("login").GetString());
        Assert.Equal(
            Polled(e).GetProperty("actor").GetProperty("id").GetInt64(), payload.GetProperty("sender").GetProperty("id").GetInt64());
        Assert.False(payload.TryGetProperty("created_at", out _));
    }

    [Fact]
    public async Task A_push_is_sent_with_the_head_that_its_event_has()
    {
        var e = _github.World.Repository("acme/tool").Add("PushEvent", DirectGitHub.Start);

        using var request = _sender.Create(e)!;
        var payload = await PayloadAsync(request);

        Assert.Equal(Polled(e).GetProperty("payload").GetProperty("head").GetString(), payload.GetProperty("after").GetString());
        Assert.Equal(DirectGitHub.Start, payload.GetProperty("head_commit").GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal(DirectGitHub.Start.ToUnixTimeSeconds(), payload.GetProperty("repository").GetProperty("pushed_at").GetInt64());
    }

    [Fact]
    public async Task Merging_is_closing_and_starring_creating()
    {
        var repository = _github.World.Repository("acme/tool");
        var merged = repository.Add(
            "PullRequestEvent", DirectGitHub.Start, new() { Payload = """{"action":"merged","number":9,"pull_request":{"number":9}}""" });
        var starred = repository.Add("WatchEvent", DirectGitHub.Start);

        using var merge = _sender.Create(merged)!;
        using var star = _sender.Create(starred)!;

        Assert.Equal("closed", (await PayloadAsync(merge)).GetProperty("action").GetString());
        Assert.True((await PayloadAsync(merge)).GetProperty("pull_request").GetProperty("merged").GetBoolean());
        Assert.Equal("created", (await PayloadAsync(star)).GetProperty("action").GetString());
        Assert.Equal(DirectGitHub.Start, (await PayloadAsync(star)).GetProperty("starred_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_body_is_signed_as_it_is_sent(bool asForm)
    {
        var e = _github.World.Repository("acme/tool").Add("IssuesEvent", DirectGitHub.Start);

        using var request = new WebhookSender(Target, Secret) { AsForm = asForm }.Create(e)!;
        var body = await request.Content!.ReadAsByteArrayAsync();

        Assert.Equal(asForm ? "application/x-www-form-urlencoded" : "application/json", request.Content.Headers.ContentType!.MediaType);
        Assert.Equal(asForm, Encoding.UTF8.GetString(body).StartsWith("payload=%7B", StringComparison.Ordinal));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        Assert.Equal("sha256=" + Convert.ToHexStringLower(hmac.ComputeHash(body)), Header(request, "X-Hub-Signature-256"));
        Assert.StartsWith("sha1=", Header(request, "X-Hub-Signature"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redelivery_has_the_former_id_and_another_event_another()
    {
        var repository = _github.World.Repository("acme/tool");
        var (one, two) = (repository.Add("PushEvent", DirectGitHub.Start), repository.Add("PushEvent", DirectGitHub.Start));

        var ids = ((SimulatedEvent[])[one, one, two]).Select(e =>
        {
            using var request = _sender.Create(e)!;
            return Guid.Parse(Header(request, "X-GitHub-Delivery"));
        }).ToList();

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public void A_type_that_no_webhook_has_is_not_delivered() =>
        Assert.Null(_sender.Create(_github.World.Repository("acme/tool").Add("HologramEvent", DirectGitHub.Start)));

    [Fact]
    public void A_hook_that_is_set_up_is_pinged()
    {
        using var request = _sender.CreatePing();

        Assert.Equal("ping", Header(request, "X-GitHub-Event"));
    }

    private static JsonElement Polled(SimulatedEvent e)
    {
        using var document = JsonDocument.Parse(e.Json);
        return document.RootElement.Clone();
    }

    private static async Task<JsonElement> PayloadAsync(HttpRequestMessage request)
    {
        using var document = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    private static string Header(HttpRequestMessage request, string name) => string.Join(", ", request.Headers.GetValues(name));
}
