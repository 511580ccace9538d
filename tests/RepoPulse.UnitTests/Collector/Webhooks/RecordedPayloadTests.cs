using System.Net;
using System.Text;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>The payloads that GitHub's own examples hold, of every event and action.</summary>
public sealed class RecordedPayloadTests
{
    /// <summary>
    /// All but one: each of the seven pushes makes or deletes a branch or a tag, which the Events API shows otherwise.
    /// </summary>
    private static readonly string[] EventTypes =
    [
        "CommitCommentEvent", "CreateEvent", "DeleteEvent", "DiscussionEvent", "ForkEvent", "GollumEvent", "IssueCommentEvent",
        "IssuesEvent", "MemberEvent",
        "PublicEvent", "PullRequestEvent", "PullRequestReviewCommentEvent", "PullRequestReviewEvent", "PullRequestReviewThreadEvent",
        "ReleaseEvent",
        "WatchEvent",
    ];

    [Fact]
    public async Task Every_payload_is_an_event_of_the_Events_API_or_counted_as_none()
    {
        var files = TestData.FilesIn(Path.Combine("webhooks", "payloads"), "*.json");
        Assert.Equal(329, files.Count);
        var mapped = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            // A database for each: many of the examples report one and the same.
            await using var bench = await WebhookBench.StartAsync();
            var body = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var eventName = EventName(file);
            using var response = await bench.PostAsync(eventName, body);
            Assert.True(
                response.StatusCode == HttpStatusCode.Accepted,
                $"{file}: {response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            var stored = bench.Outcomes["stored"];
            Assert.Equal(1, stored + bench.Outcomes["no_event"] + bench.Outcomes["ping"]);
            Assert.Equal(eventName == "ping", bench.Outcomes["ping"] == 1);
            mapped[Path.GetFileNameWithoutExtension(file)] = stored == 0
                ? null
                : AssertReadable(await bench.HeldAsync(RepositoryOf(body)), body);
        }

        Assert.Equal(EventTypes, mapped.Values.Where(type => type is not null).Distinct().Order(StringComparer.Ordinal));
        string[] read = [.. mapped.Where(pair => pair.Value is not null)
            .Select(pair => Kind(pair.Key))
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "commit_comment.created", "create", "delete", "discussion.created", "fork", "gollum", "issue_comment.created",
                "issues.assigned", "issues.labeled",
                "issues.opened", "issues.reopened", "issues.unassigned", "issues.unlabeled", "member.added", "public",
                "pull_request.assigned", "pull_request.closed",
                "pull_request.labeled", "pull_request.opened", "pull_request.reopened", "pull_request.unassigned", "pull_request.unlabeled",
                "pull_request_review.dismissed", "pull_request_review.submitted", "pull_request_review_comment.created",
                "pull_request_review_thread.resolved",
                "pull_request_review_thread.unresolved", "release.published", "repository.created", "star.created",
            ],
            read);
    }

    [Fact]
    public async Task Every_payload_is_refused_when_one_byte_changes()
    {
        await using var bench = await WebhookBench.StartAsync();
        var random = new Random(20261123);
        foreach (var file in TestData.FilesIn(Path.Combine("webhooks", "payloads"), "*.json"))
        {
            var body = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var signature = WebhookBench.Sign(body);
            body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            using var response = await bench.SendAsync(
                body,
                "application/json",
                ("X-GitHub-Event", EventName(file)),
                ("X-GitHub-Delivery", "d"),
                ("X-Hub-Signature-256", signature));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(329, bench.Outcomes["wrong_signature"]);
    }

    [Fact]
    public async Task Recorded_signatures_match_their_bodies()
    {
        var folder = TestData.PathTo("webhooks");
        await using var bench = await WebhookBench.StartAsync();
        using var vectors = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder, "hmac-vectors.json"), TestContext.Current.CancellationToken));
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var body = vector.TryGetProperty("body", out var text)
                ? Encoding.UTF8.GetBytes(text.GetString()!)
                : await File.ReadAllBytesAsync(
                    Path.Combine(folder, vector.GetProperty("body_file").GetString()!), TestContext.Current.CancellationToken);
            Assert.Equal(WebhookBench.Secret, vector.GetProperty("secret").GetString());
            Assert.Equal(vector.GetProperty("x_hub_signature_256").GetString(), WebhookBench.Sign(body));
            using var response = await bench.SendAsync(
                body,
                "application/json",
                ("X-GitHub-Event", "ping"),
                ("X-GitHub-Delivery", "d"),
                ("X-Hub-Signature-256", vector.GetProperty("x_hub_signature_256").GetString()!));
            Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private static string EventName(string file) => Path.GetFileName(file).Split('.')[0];

    /// <summary>The name without its number.</summary>
    private static string Kind(string name) => name[..name.LastIndexOf('.')];

    private static long RepositoryOf(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Part("repository").Part("id").GetInt64();
    }

    private static string AssertReadable(IReadOnlyList<GitHubEvent> held, byte[] body)
    {
        var stored = Assert.Single(held);
        var events = new List<GitHubEvent>();
        Assert.True(new EventReader().TryReadLine(stored.Json, events, out var fault), fault);
        var e = Assert.Single(events);
        Assert.Equal((stored.Key, stored.Type, stored.RepositoryId, stored.Repository), (e.Key, e.Type, e.RepositoryId, e.Repository));
        Assert.DoesNotContain((byte)'\n', stored.Json.ToArray());

        using var document = JsonDocument.Parse(stored.Json);
        var root = document.RootElement;
        using var delivered = JsonDocument.Parse(body);
        Assert.Equal(
            ["id", "type", "actor", "repo", "payload", "public", "created_at", .. delivered.RootElement.TryGetProperty(
                "organization", out _) ? new[] { "org" } : []],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["id", "login", "display_login", "gravatar_id", "url", "avatar_url"], root.GetProperty("actor")
            .EnumerateObject()
            .Select(property => property.Name));
        Assert.Equal($"https://api.github.com/repos/{e.Repository}", root.GetProperty("repo").GetProperty("url").GetString());
        return e.Type.Name;
    }
}
