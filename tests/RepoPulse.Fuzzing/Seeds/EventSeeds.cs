using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Seeds;

/// <summary>Made-up events in each form that GitHub has given them since 2011.</summary>
internal static class EventSeeds
{
    private const string Actor =
        """{"id":41,"login":"mona[bot]","display_login":"mona","gravatar_id":"","url":"https://api.github.com/users/mona","avatar_url":"https://avatars.githubusercontent.com/u/41?"}""";

    private const string Repo = """{"id":7001,"name":"octo/cat","url":"https://api.github.com/repos/octo/cat"}""";

    public static IReadOnlyList<string> Lines { get; } =
    [
        // Since October 2025: payloads without commits and with stubs of pull requests.
        Today("40000000001", "PushEvent", """{"repository_id":7001,"push_id":99,"ref":"refs/heads/main","head":"aa","before":"bb"}"""),
        Today(
            "40000000002",
            "PullRequestEvent",
            """{"action":"merged","number":5,"pull_request":{"url":"https://api.github.com/repos/octo/cat/pulls/5","id":905,"number":5,"head":{"ref":"purr","sha":"aa","repo":null},"base":{"ref":"main","sha":"bb"}}}"""),
        Today(
            "40000000003",
            "IssuesEvent",
            """{"action":"opened","issue":{"id":804,"number":4,"title":"Hi\u00e9 \ud83d\ude00","labels":[{"name":"bug"}],"user":{"login":"mona"}}}"""),
        Today(
            "40000000004",
            "GollumEvent",
            """{"pages":[{"page_name":"Home","title":"Home","summary":null,"action":"edited","sha":"cc"},{"page_name":"B","sha":"dd"}]}"""),
        Today("40000000005", "WatchEvent", """{"action":"started"}"""),
        Today(
            "40000000006",
            "PullRequestReviewEvent",
            """{"action":"created","review":{"id":606,"body":null,"state":"approved"},"pull_request":{"number":5}}"""),
        Today(
            "40000000007",
            "IssueCommentEvent",
            """{"action":"created","issue":{"number":4},"comment":{"id":555,"body":"Meow, says \"she\"\n\u2028"}}"""),

        // 2015 to 2025.
        """{"id":"2489651045","type":"PushEvent","actor":{"id":665991,"login":"petroav","gravatar_id":"","url":"https://api.github.com/users/petroav"},"repo":{"id":28688495,"name":"petroav/6.828","url":"https://api.github.com/repos/petroav/6.828"},"payload":{"push_id":536740396,"size":1,"distinct_size":1,"ref":"refs/heads/master","head":"4e1e","before":"ae90","commits":[{"sha":"4e1e","author":{"email":"x@example.com","name":"V"},"message":"a \"b\"","distinct":true}]},"public":true,"created_at":"2015-01-01T15:00:00Z","org":{"id":1,"login":"octo"}}""",
        """{"id":"101","type":"PullRequestEvent","actor":{"id":7,"login":"mona"},"repo":{"id":42,"name":"octo/hello-world"},"payload":{"action":"closed","number":9,"pull_request":{"id":1,"number":9,"merged":true}},"public":true,"created_at":"2019-06-01T01:02:03.123456Z"}""",

        // The timeline before 2015: no id, the actor a string, and a repository with its owner.
        """{"created_at":"2012/03/10 12:34:56 -0800","payload":{"size":1,"shas":[["ab","x@example.com","fix","Mona",true]]},"public":true,"type":"PushEvent","url":"https://example.com/octo/hello-world/compare/a...b","actor":"mona","actor_attributes":{"login":"mona","type":"User"},"repository":{"id":42,"name":"hello-world","url":"https://example.com/octo/hello-world","owner":"octo","private":false,"created_at":"2011-05-07T07:10:07-07:00"}}""",
        """{"repository":{"url":"https://github.com/octo/x","has_wiki":true,"watchers":4,"name":"x","fork":false,"id":12,"owner":{"login":"octo","name":"Octo"}},"actor_attributes":{"type":"User","login":"mona"},"created_at":"2014-06-01T01:02:03-07:00","public":true,"actor":"mona","payload":{"action":"started"},"url":"https://github.com/octo/x","type":"WatchEvent"}""",

        // 2011: whole names, and events of no repository.
        """{"type":"WatchEvent","public":true,"repo":{"id":1357116,"url":"https://api.github.dev/repos/octo/cat","name":"octo/cat"},"created_at":"2011-02-12T00:00:01Z","actor":{"gravatar_id":"","id":1,"url":"https://api.github.dev/users/mona","avatar_url":"","login":"mona"},"payload":{"action":"started"},"id":"1127195475"}""",
        """{"type":"GistEvent","public":true,"repo":{"url":"https://api.github.dev/repos//","name":"/"},"created_at":"2011-02-12T00:00:02Z","actor":{"id":1,"login":"mona"},"payload":{"action":"create","gist":{"id":"gist: 1"}},"id":"1127195476"}""",

        // RepoPulse's own ids, as an export gives them.
        """{"id":"webhook-3685663315b62dc1","type":"PushEvent","actor":{"id":41,"login":"mona"},"repo":{"id":7001,"name":"octo/cat"},"payload":{"ref":"refs/heads/main","head":"aa"},"public":false,"created_at":"2026-11-23T11:59:30Z"}""",
        """{"id":"timeline-0000000000000abc","type":"WatchEvent","actor":"mona","repository":{"id":42,"name":"octo/hello-world"},"created_at":"2013-01-01T00:00:00Z"}""",
    ];

    public static IReadOnlyList<byte[]> Each { get; } = Tokens.Utf8(Lines);

    private static string Today(string id, string type, string payload) =>
        $$$"""{"id":"{{{id}}}","type":"{{{type}}}","actor":{{{Actor}}},"repo":{{{Repo}}},"payload":{{{payload}}},"public":true,"created_at":"2026-11-23T11:59:30Z","org":{"id":70,"login":"octo","gravatar_id":"","url":"https://api.github.com/orgs/octo","avatar_url":""}}""";
}
