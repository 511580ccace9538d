using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// Pull requests and their reviews. In the Events API the pull request itself is a stub, and merging an action of its own.
/// </summary>
internal static class PullRequestMapping
{
    private const string Subject = "pull_request";

    public static Occurrence? PullRequest(WebhookPayload payload)
    {
        var action = payload.Action == "closed" && payload.Root.Part(Subject).Part("merged").ValueKind == JsonValueKind.True
            ? "merged"
            : payload.Action;
        DateTimeOffset? at;
        switch (action)
        {
            case "opened":
                at = payload.Time(Subject, "created_at");
                break;
            case "merged":
                at = payload.Time(Subject, "merged_at");
                break;
            case "closed":
                at = payload.Time(Subject, "closed_at");
                break;
            case "reopened" or "assigned" or "unassigned" or "labeled" or "unlabeled":
                at = payload.Time(Subject, "updated_at");
                break;
            default:
                return null;
        }

        return new Occurrence("PullRequestEvent", json =>
        {
            json.WriteString("action", action);
            payload.Copy(json, "number");
            WriteStub(json, payload);
            IssueMapping.CopyChange(json, payload, Subject);
        })
        {
            At = at ?? payload.Time(Subject, "updated_at"),
            Details = IssueMapping.Change(payload),
        };
    }

    public static Occurrence? Review(WebhookPayload payload)
    {
        var action = payload.Action switch
        {
            "submitted" => "created",
            "edited" => "updated",
            "dismissed" => "dismissed",
            _ => null,
        };
        return action is null ? null : new Occurrence("PullRequestReviewEvent", json =>
        {
            json.WriteString("action", action);
            payload.Copy(json, "review");
            WriteStub(json, payload);
        })
        {
            At = action == "created"
                ? payload.Time("review", "submitted_at")
                : payload.Time("review", "updated_at") ?? payload.Time(Subject, "updated_at"),
        };
    }

    public static Occurrence? ReviewComment(WebhookPayload payload) =>
        payload.Action != "created" ? null : new("PullRequestReviewCommentEvent", json =>
    {
        payload.Copy(json, "action", "comment");
        WriteStub(json, payload);
    })
    {
        At = payload.Time("comment", "created_at"),
    };

    public static Occurrence? ReviewThread(WebhookPayload payload) =>
        payload.Action is not ("resolved" or "unresolved") ? null : new("PullRequestReviewThreadEvent", json =>
    {
        payload.Copy(json, "action", "thread");
        WriteStub(json, payload);
    })
    {
        At = payload.Time("updated_at") ?? payload.Time(Subject, "updated_at"),
    };

    private static void WriteStub(Utf8JsonWriter json, WebhookPayload payload)
    {
        var pullRequest = payload.Root.Part(Subject);
        json.WriteStartObject(Subject);
        foreach (var name in (ReadOnlySpan<string>)["url", "id", "number"])
            WebhookPayload.Copy(json, pullRequest, name);
        WriteEnd(json, pullRequest, "head");
        WriteEnd(json, pullRequest, "base");
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, JsonElement pullRequest, string name)
    {
        var end = pullRequest.Part(name);
        json.WriteStartObject(name);
        WebhookPayload.Copy(json, end, "ref");
        WebhookPayload.Copy(json, end, "sha");
        var repository = end.Part("repo");
        if (repository.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject("repo");
            foreach (var part in (ReadOnlySpan<string>)["id", "url", "name"])
                WebhookPayload.Copy(json, repository, part);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("repo"); // The fork was deleted.
        }

        json.WriteEndObject();
    }
}
