using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>Issues, their comments, and discussions.</summary>
internal static class IssueMapping
{
    public static Occurrence? Issues(WebhookPayload payload)
    {
        DateTimeOffset? at;
        switch (payload.Action)
        {
            case "opened":
                at = payload.Time("issue", "created_at");
                break;
            case "closed":
                at = payload.Time("issue", "closed_at") ?? payload.Time("issue", "updated_at");
                break;
            case "reopened" or "assigned" or "unassigned" or "labeled" or "unlabeled":
                at = payload.Time("issue", "updated_at");
                break;
            default:
                return null;
        }

        return new Occurrence("IssuesEvent", json =>
        {
            payload.Copy(json, "action", "issue");
            CopyChange(json, payload, "issue");
        })
        {
            At = at,
            Details = Change(payload),
        };
    }

    public static Occurrence? Comment(WebhookPayload payload) => payload.Action != "created" ? null : new("IssueCommentEvent", json =>
        payload.Copy(json, "action", "issue", "comment"))
    {
        At = payload.Time("comment", "created_at"),
    };

    public static Occurrence? Discussion(WebhookPayload payload) => payload.Action != "created" ? null : new("DiscussionEvent", json =>
        payload.Copy(json, "action", "discussion"))
    {
        At = payload.Time("discussion", "created_at"),
    };

    /// <summary>Who was assigned, or what the label is: several may be in one second.</summary>
    public static string Change(WebhookPayload payload) => payload.Action switch
    {
        "assigned" or "unassigned" => $"{payload.Action} {payload.Root.Part("assignee").Number("id")}",
        "labeled" or "unlabeled" => $"{payload.Action} {payload.Root.Part("label").Text("name")}",
        _ => "",
    };

    /// <summary>The Events API names who or what it was beside the issue, and all that it then has.</summary>
    public static void CopyChange(Utf8JsonWriter json, WebhookPayload payload, string subject)
    {
        var (one, all) = payload.Action switch
        {
            "assigned" or "unassigned" => ("assignee", "assignees"),
            "labeled" or "unlabeled" => ("label", "labels"),
            _ => default,
        };
        if (one is null)
            return;
        payload.Copy(json, one);
        WebhookPayload.Copy(json, payload.Root.Part(subject), all);
    }
}
