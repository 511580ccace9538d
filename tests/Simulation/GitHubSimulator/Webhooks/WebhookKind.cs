namespace GitHubSimulator.Webhooks;

/// <summary>The webhook that reports a type of event.</summary>
/// <param name="Name">As in <c>X-GitHub-Event</c>.</param>
internal sealed record WebhookKind(string Name)
{
    private static readonly Dictionary<string, WebhookKind> ByType = new(StringComparer.Ordinal)
    {
        ["CommitCommentEvent"] = new("commit_comment"),
        ["CreateEvent"] = new("create"),
        ["DeleteEvent"] = new("delete"),
        ["DiscussionEvent"] = new("discussion"),
        ["ForkEvent"] = new("fork"),
        ["GollumEvent"] = new("gollum"),
        ["IssueCommentEvent"] = new("issue_comment"),
        ["IssuesEvent"] = new("issues"),
        ["MemberEvent"] = new("member"),
        ["PublicEvent"] = new("public"),
        ["PullRequestEvent"] = new("pull_request") { Actions = { ["merged"] = "closed" } },
        ["PullRequestReviewEvent"] = new("pull_request_review") { Actions = { ["created"] = "submitted", ["updated"] = "edited" } },
        ["PullRequestReviewCommentEvent"] = new("pull_request_review_comment"),
        ["PushEvent"] = new("push"),
        ["ReleaseEvent"] = new("release"),
        ["WatchEvent"] = new("star") { Actions = { ["started"] = "created" } },
    };

    /// <summary>Actions of the Events API that are called otherwise here.</summary>
    public Dictionary<string, string> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>Null for a type that no webhook reports.</summary>
    public static WebhookKind? Of(string type) => ByType.GetValueOrDefault(type);
}
