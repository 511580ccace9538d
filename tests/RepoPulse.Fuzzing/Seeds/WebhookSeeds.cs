using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Seeds;

/// <summary>
/// Deliveries of every kind that becomes an event, and of some that do not: the three headers a line each, how it is signed, then the
/// body.
/// </summary>
internal static class WebhookSeeds
{
    /// <summary>Holds the parts of every payload, of which each event takes what it needs.</summary>
    private const string Parts =
        """ "ref":"refs/heads/main","ref_type":"branch","master_branch":"main","description":null,"pusher_type":"user","before":"bb","after":"aa","created":false,"deleted":false,"forced":false,"commits":[{"id":"aa","message":"m"}],"number":5,"pull_request":{"url":"https://api.github.com/repos/octo/cat/pulls/5","id":905,"number":5,"title":"Purr","merged":true,"created_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z","closed_at":"2026-11-23T11:59:30Z","merged_at":"2026-11-23T11:59:30Z","head":{"ref":"purr","sha":"aa","repo":null},"base":{"ref":"main","sha":"bb","repo":{"id":7001,"url":"https://api.github.com/repos/octo/cat","name":"cat"}},"labels":[{"name":"bug"}],"assignees":[]},"issue":{"id":804,"number":4,"title":"Hiss","labels":[{"name":"bug"}],"assignees":[{"id":41,"login":"mona"}],"created_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z","closed_at":"2026-11-23T11:59:30Z"},"label":{"name":"bug"},"assignee":{"id":41,"login":"mona"},"comment":{"id":555,"body":"Meow, says \"she\"","created_at":"2026-11-23T11:59:30Z"},"review":{"id":606,"body":null,"state":"approved","submitted_at":"2026-11-23T11:59:30Z","updated_at":"2026-11-23T11:59:30Z"},"thread":{"node_id":"PRRT_1","comments":[]},"updated_at":"2026-11-23T11:59:30Z","discussion":{"id":321,"number":3,"title":"Naps","created_at":"2026-11-23T11:59:30Z"},"starred_at":"2026-11-23T11:59:30Z","forkee":{"id":7002,"full_name":"mona/cat","created_at":"2026-11-23T11:59:30Z"},"release":{"id":31,"tag_name":"v1","created_at":"2026-11-20T00:00:00Z","published_at":"2026-11-23T11:59:30Z"},"pages":[{"page_name":"Home","title":"Home","summary":null,"action":"edited","sha":"cc"}],"member":{"login":"newt","id":77} """;

    private const string Ends =
        """ "repository":{"id":7001,"name":"cat","full_name":"octo/cat","private":false,"owner":{"login":"octo","id":70},"url":"https://github.com/octo/cat","events_url":"https://api.github.com/repos/octo/cat/events","default_branch":"main","pushed_at":1795435170,"updated_at":"2026-11-23T11:59:30Z","created_at":"2026-11-23T11:59:30Z"},"organization":{"id":70,"login":"octo","url":"https://api.github.com/orgs/octo"},"sender":{"login":"mona[bot]","id":41,"url":"https://api.github.com/users/mona","avatar_url":"","type":"Bot"} """;

    private static readonly (string Event, string Action)[] Deliveries =
    [
        ("push", ""), ("create", ""), ("delete", ""), ("repository", "created"), ("commit_comment", "created"), ("issues",
        "opened"), ("issues", "labeled"),
        ("issues", "assigned"), ("issue_comment", "created"), ("discussion", "created"), ("pull_request", "closed"), ("pull_request",
        "unlabeled"),
        ("pull_request_review", "submitted"), ("pull_request_review", "dismissed"), ("pull_request_review_comment", "created"),
        ("pull_request_review_thread", "resolved"), ("star", "created"), ("fork", ""), ("release", "published"), ("gollum",
        ""), ("member", "added"),
        ("public", ""), ("ping", ""), ("sponsorship", "created"),
    ];

    public static IReadOnlyList<byte[]> Each { get; } =
    [
        .. Tokens.Utf8(
            Deliveries.Select((delivery, i) => Of(delivery.Event, i % 4 == 3 ? "form" : "application/json", Body(delivery.Action)))),
        .. Tokens.Utf8(
            Of("star", "application/x-www-form-urlencoded",
            "payload=%7B%22action%22%3A%22created%22%2C%22repository%22%3A%7B%22id%22%3A7001%7D%7D&x=1&y"),
            Of("star", "application/json", Body("created")).Replace("signed", "sha256=" + new string('0', 64))),
    ];

    private static string Of(string eventName, string contentType, string body) =>
        $"{eventName}\n{contentType}\n72d3162e-cc78-11e3-81ab-4c9367dc0958\nsigned\n{body}";

    private static string Body(string action) => $$"""{"action":"{{action}}",{{Parts.Trim()}},{{Ends.Trim()}}}""";
}
