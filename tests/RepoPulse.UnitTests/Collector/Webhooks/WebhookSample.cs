using System.Globalization;
using System.Text;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Collector.Webhooks;

/// <summary>One occurrence as GitHub reports it in both ways.</summary>
/// <param name="EventName">The webhook's <c>X-GitHub-Event</c>.</param>
/// <param name="Delivery">What the webhook's payload holds besides repository and sender.</param>
/// <param name="Type">The event's type in the Events API.</param>
/// <param name="Payload">The event's payload in the Events API, as of 2026.</param>
/// <param name="OldPayload">The payload before October 2025, where it differs in what matters.</param>
public sealed record WebhookSample(string EventName, string Delivery, string Type, string Payload, string? OldPayload = null)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public const long RepositoryId = 7001;

    private const string Repository =
        """{"id":7001,"name":"cat","full_name":"octo/cat","private":false,"owner":{"login":"octo","id":70},"url":"https://github.com/octo/cat","events_url":"https://api.github.com/repos/octo/cat/events","default_branch":"main","pushed_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z","created_at":"2026-11-23T11:59:30Z"}""";

    private const string Sender =
        """{"login":"mona[bot]","id":41,"url":"https://api.github.com/users/mona%5Bbot%5D","avatar_url":"https://avatars.githubusercontent.com/u/41?v=4","type":"Bot"}""";

    private const string PullRequest =
        """ "pull_request":{"url":"https://api.github.com/repos/octo/cat/pulls/5","id":905,"number":5,"state":"open","title":"Purr","merged":false,"created_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z","closed_at":"2026-11-23T11:59:30Z","merged_at":null,"head":{"label":"mona:purr","ref":"purr","sha":"aa","repo":null},"base":{"ref":"main","sha":"bb","repo":{"id":7001,"url":"https://api.github.com/repos/octo/cat","name":"cat","private":false}},"labels":[{"name":"bug"}]}""";

    private const string Stub =
        """ "pull_request":{"url":"https://api.github.com/repos/octo/cat/pulls/5","id":905,"number":5,"head":{"ref":"purr","sha":"aa","repo":null},"base":{"ref":"main","sha":"bb","repo":{"id":7001,"url":"https://api.github.com/repos/octo/cat","name":"cat"}}}""";

    private const string Issue =
        """ "issue":{"id":804,"number":4,"title":"Hiss","state":"open","labels":[{"name":"bug"}],"assignees":[{"id":41,"login":"mona"}],"created_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z","closed_at":"2026-11-23T11:59:30Z"}""";

    private const string Review =
        """ "review":{"id":606,"body":null,"state":"approved","submitted_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z"}""";

    private const string Comment = """ "comment":{"id":555,"body":"Meow, says \"she\"","created_at":"2026-11-23T11:59:30Z"}""";

    private static readonly string MergedPullRequest = PullRequest
        .Replace("\"merged\":false", "\"merged\":true")
        .Replace("\"merged_at\":null", "\"merged_at\":\"2026-11-23T11:59:30Z\"");

    public static IReadOnlyList<WebhookSample> All { get; } =
    [
        new("push", """ "ref":"refs/heads/main","before":"bb","after":"aa","created":false,"deleted":false,"commits":[{"id":"aa"}]""",
            "PushEvent", """{"repository_id":7001,"push_id":99,"ref":"refs/heads/main","head":"aa","before":"bb"}""",
            """{"push_id":99,"size":1,"distinct_size":1,"ref":"refs/heads/main","head":"aa","before":"bb","commits":[{"sha":"aa"}]}"""),
        new("create", """ "ref":"purr","ref_type":"branch","master_branch":"main","description":"A cat","pusher_type":"user" """,
            "CreateEvent",
            """{"ref":"purr","ref_type":"branch","full_ref":"refs/heads/purr","master_branch":"main","description":"A cat","pusher_type":"user"}""",
            """{"ref":"purr","ref_type":"branch","master_branch":"main","description":"A cat","pusher_type":"user"}"""),
        new("create", """ "ref":"v1","ref_type":"tag","master_branch":"main","description":null,"pusher_type":"user" """,
            "CreateEvent",
            """{"ref":"v1","ref_type":"tag","full_ref":"refs/tags/v1","master_branch":"main","description":null,"pusher_type":"user"}"""),
        new("repository", """ "action":"created" """,
            "CreateEvent", """{"ref":null,"ref_type":"repository","master_branch":"main","description":null,"pusher_type":"user"}"""),
        new("delete", """ "ref":"purr","ref_type":"branch","pusher_type":"user" """,
            "DeleteEvent", """{"ref":"purr","ref_type":"branch","full_ref":"refs/heads/purr","pusher_type":"user"}"""),
        new(
            "commit_comment",
            $""" "action":"created",{Comment} """,
            "CommitCommentEvent",
            $$"""{"action":"created",{{Comment}}}""",
            $$"""{{{Comment}}}"""),
        new("issues", $""" "action":"opened",{Issue} """, "IssuesEvent", $$"""{"action":"opened",{{Issue}}}"""),
        new("issues", $""" "action":"closed",{Issue} """, "IssuesEvent", $$"""{"action":"closed",{{Issue}}}"""),
        new("issues", $""" "action":"reopened",{Issue} """, "IssuesEvent", $$"""{"action":"reopened",{{Issue}}}"""),
        new("issues", $$""" "action":"labeled","label":{"name":"bug"},{{Issue}} """,
            "IssuesEvent", $$"""{"action":"labeled",{{Issue}},"label":{"name":"bug"},"labels":[{"name":"bug"}]}"""),
        new("issues", $$""" "action":"assigned","assignee":{"id":41,"login":"mona"},{{Issue}} """,
            "IssuesEvent",
            $$"""{"action":"assigned",{{Issue}},"assignee":{"id":41,"login":"mona"},"assignees":[{"id":41,"login":"mona"}]}"""),
        new(
            "issue_comment",
            $""" "action":"created",{Issue},{Comment} """,
            "IssueCommentEvent",
            $$"""{"action":"created",{{Issue}},{{Comment}}}"""),
        new("discussion", """ "action":"created","discussion":{"id":321,"number":3,"title":"Naps","created_at":"2026-11-23T11:59:30Z"}""",
            "DiscussionEvent",
            """{"action":"created","discussion":{"id":321,"number":3,"title":"Naps","created_at":"2026-11-23T11:59:30Z"}}"""),
        new(
            "pull_request",
            $""" "action":"opened","number":5,{PullRequest} """,
            "PullRequestEvent",
            $$"""{"action":"opened","number":5,{{Stub}}}""",
            $$"""{"action":"opened","number":5,{{PullRequest}}}"""),
        new(
            "pull_request",
            $""" "action":"closed","number":5,{PullRequest} """,
            "PullRequestEvent",
            $$"""{"action":"closed","number":5,{{Stub}}}""",
            $$"""{"action":"closed","number":5,{{PullRequest}}}"""),
        new(
            "pull_request",
            $""" "action":"closed","number":5,{MergedPullRequest} """,
            "PullRequestEvent",
            $$"""{"action":"merged","number":5,{{Stub}}}""",
            $$"""{"action":"closed","number":5,{{MergedPullRequest}}}"""),
        new(
            "pull_request",
            $""" "action":"reopened","number":5,{PullRequest} """,
            "PullRequestEvent",
            $$"""{"action":"reopened","number":5,{{Stub}}}"""),
        new("pull_request", $$""" "action":"unlabeled","number":5,"label":{"name":"wip"},{{PullRequest}} """,
            "PullRequestEvent", $$"""{"action":"unlabeled","number":5,{{Stub}},"label":{"name":"wip"},"labels":[{"name":"bug"}]}"""),
        new(
            "pull_request_review",
            $""" "action":"submitted",{Review},{PullRequest} """,
            "PullRequestReviewEvent",
            $$"""{"action":"created",{{Review}},{{Stub}}}""",
            $$"""{"action":"created",{{Review}},{{PullRequest}}}"""),
        new(
            "pull_request_review",
            $""" "action":"edited",{Review},{PullRequest} """,
            "PullRequestReviewEvent",
            $$"""{"action":"updated",{{Review}},{{Stub}}}"""),
        new(
            "pull_request_review",
            $""" "action":"dismissed",{Review},{PullRequest} """,
            "PullRequestReviewEvent",
            $$"""{"action":"dismissed",{{Review}},{{Stub}}}"""),
        new(
            "pull_request_review_comment",
            $""" "action":"created",{Comment},{PullRequest} """,
            "PullRequestReviewCommentEvent",
            $$"""{"action":"created",{{Comment}},{{Stub}}}"""),
        new("pull_request_review_thread", $$""" "action":"resolved","updated_at":"2026-11-23T11:59:30Z","thread":{"node_id":"PRRT_1","comments":[]},{{PullRequest}} """,
            "PullRequestReviewThreadEvent", $$"""{"action":"resolved","thread":{"node_id":"PRRT_1","comments":[]},{{Stub}}}"""),
        new("star", """ "action":"created","starred_at":"2026-11-23T11:59:30Z" """, "WatchEvent", """{"action":"started"}"""),
        new("fork", """ "forkee":{"id":7002,"full_name":"mona/cat","created_at":"2026-11-23T11:59:30Z"}""",
            "ForkEvent", """{"action":"forked","forkee":{"id":7002,"full_name":"mona/cat","created_at":"2026-11-23T11:59:30Z"}}""",
            """{"forkee":{"id":7002,"full_name":"mona/cat","created_at":"2026-11-23T11:59:30Z"}}"""),
        new("release", """ "action":"published","release":{"id":31,"tag_name":"v1","created_at":"2026-11-20T00:00:00Z","published_at":"2026-11-23T11:59:30Z"}""",
            "ReleaseEvent",
            """{"action":"published","release":{"id":31,"tag_name":"v1","created_at":"2026-11-20T00:00:00Z","published_at":"2026-11-23T11:59:30Z"}}"""),
        new("gollum", """ "pages":[{"page_name":"Home","title":"Home","summary":null,"action":"edited","sha":"cc","html_url":"https://github.com/octo/cat/wiki/Home"}]""",
            "GollumEvent",
            """{"pages":[{"page_name":"Home","title":"Home","summary":null,"action":"edited","sha":"cc","html_url":"https://github.com/octo/cat/wiki/Home"}]}"""),
        new(
            "member",
            """ "action":"added","member":{"login":"newt","id":77}""",
            "MemberEvent",
            """{"member":{"login":"newt","id":77},"action":"added"}"""),
        new("public", """ "x":1 """, "PublicEvent", "{}"),
    ];

    /// <summary>Each by what distinguishes it from the others.</summary>
    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public string Name => $"{EventName} {Payload[..Math.Min(Payload.Length, 36)]}";

    public static WebhookSample Of(string name) => All.Single(sample => sample.Name == name);

    /// <summary>What GitHub delivers.</summary>
    public string Webhook => $$"""{{{Delivery.Trim()}},"repository":{{Repository}},"sender":{{Sender}}}""";

    /// <summary>The event as a feed shows it: two seconds after what the webhook says.</summary>
    public GitHubEvent Polled(long id = 123, DateTimeOffset? at = null, bool old = false)
    {
        var createdAt = at ?? Now.AddSeconds(-28);
        var json = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{id}}","type":"{{Type}}","actor":{"id":41,"login":"mona[bot]","display_login":"mona","gravatar_id":"","url":"https://api.github.com/users/mona%5Bbot%5D","avatar_url":"https://avatars.githubusercontent.com/u/41?v=4"},"repo":{"id":7001,"name":"octo/cat","url":"https://api.github.com/repos/octo/cat"},"payload":{{(old ? OldPayload : null) ?? Payload}},"public":true,"created_at":"{{createdAt:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        var events = new List<GitHubEvent>();
        Assert.True(new EventReader().TryReadLine(Encoding.UTF8.GetBytes(json), events, out var fault), fault);
        return Assert.Single(events);
    }
}
