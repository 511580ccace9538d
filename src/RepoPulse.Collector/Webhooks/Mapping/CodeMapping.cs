using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>Pushes, branches, tags and comments on commits.</summary>
internal static class CodeMapping
{
    /// <summary>
    /// Only commits that move a branch: of one that is made or deleted, and of tags, the Events API reports by a create or delete event
    /// alone. In 8,855 recorded pushes not one is of a tag or has an end that is no commit.
    /// </summary>
    public static Occurrence? Push(WebhookPayload payload)
    {
        var root = payload.Root;
        var isOfBranch = root.Text("ref")?.StartsWith("refs/heads/", StringComparison.Ordinal) == true;
        if (!isOfBranch || root.Part("created").ValueKind == JsonValueKind.True || root.Part("deleted").ValueKind == JsonValueKind.True)
            return null;
        return new Occurrence("PushEvent", json =>
        {
            WebhookPayload.Write(json, "repository_id", payload.Repository.Part("id"));
            payload.Copy(json, "ref");
            WebhookPayload.Write(json, "head", root.Part("after"));
            payload.Copy(json, "before");
        })
        {
            At = payload.RecentTime("repository", "pushed_at"),
            Details = root.Text("before") ?? "",
        };
    }

    public static Occurrence Create(WebhookPayload payload) => new("CreateEvent", json =>
    {
        WriteReference(json, payload);
        payload.Copy(json, "master_branch", "description", "pusher_type");
    })
    {
        At = payload.RecentTime("repository", "pushed_at"),
    };

    public static Occurrence Delete(WebhookPayload payload) => new("DeleteEvent", json =>
    {
        WriteReference(json, payload);
        payload.Copy(json, "pusher_type");
    })
    {
        At = payload.RecentTime("repository", "pushed_at"),
    };

    /// <summary>The Events API reports a new repository as it does of a new branch.</summary>
    public static Occurrence? Repository(WebhookPayload payload) => payload.Action != "created" ? null : new("CreateEvent", json =>
    {
        json.WriteNull("ref");
        json.WriteString("ref_type", "repository");
        WebhookPayload.Write(json, "master_branch", payload.Repository.Part("default_branch"));
        WebhookPayload.Copy(json, payload.Repository, "description");
        json.WriteString("pusher_type", "user");
    })
    {
        At = payload.Time("repository", "created_at"),
    };

    public static Occurrence? CommitComment(WebhookPayload payload) =>
        payload.Action != "created" ? null : new("CommitCommentEvent", json =>
        payload.Copy(json, "action", "comment"))
    {
        At = payload.Time("comment", "created_at"),
    };

    private static void WriteReference(Utf8JsonWriter json, WebhookPayload payload)
    {
        payload.Copy(json, "ref", "ref_type");
        if (payload.Root.Text("ref") is { } name)
            json.WriteString("full_ref", (payload.Root.Text("ref_type") == "tag" ? "refs/tags/" : "refs/heads/") + name);
    }
}
