using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Core;

/// <summary>
/// Reads the natural key out of an event's JSON, in today's form of the Events API and in that before October 2025 (which GitHub Enterprise
/// Server still sends). Which parts make the key of which type, and how sure that is: docs/webhooks.md.
/// </summary>
public static class NaturalKeyReader
{
    /// <summary>The key of a stored or polled event; false where its type has none, or its JSON lacks what makes it.</summary>
    public static bool TryRead(in GitHubEvent e, out NaturalKey key)
    {
        key = default;
        if (!e.HasRepository || e.Json.IsEmpty)
            return false;
        try
        {
            using var document = JsonDocument.Parse(e.Json);
            var root = document.RootElement;
            return TryRead(e.Type, e.RepositoryId, root.Part("actor"), root.Part("payload"), out key);
        }
        catch (JsonException)
        {
            // Nested deeper than any event of GitHub's: what the reader of events passes over is not passed over here.
            return false;
        }
    }

    /// <param name="actor">The event's actor; of a kind other than an object where there is none.</param>
    /// <param name="payload">The payload in the form of the Events API.</param>
    public static bool TryRead(EventType type, RepositoryId repository, JsonElement actor, JsonElement payload, out NaturalKey key)
    {
        string?[] parts = type.Name switch
        {
            "PushEvent" => [payload.Text("ref"), payload.Text("head")],
            "CreateEvent" => [payload.Text("ref_type"), payload.Text("ref_type") == "repository" ? "" : payload.Text("ref")],
            "DeleteEvent" => [payload.Text("ref_type"), payload.Text("ref")],
            "CommitCommentEvent" or "IssueCommentEvent" or "PullRequestReviewCommentEvent" =>
                [Created(payload), payload.Part("comment").Number("id")],
            "ForkEvent" => [payload.Part("forkee").Number("id")],
            "IssuesEvent" => [payload.Text("action"), payload.Part("issue").Number("number")],
            "PullRequestEvent" => [PullRequestAction(payload), payload.Number("number") ?? payload.Part("pull_request").Number("number")],
            "PullRequestReviewEvent" => [payload.Text("action"), payload.Part("review").Number("id")],
            "PullRequestReviewThreadEvent" => [payload.Text("action"), payload.Part("thread").Text("node_id")],
            "ReleaseEvent" => [payload.Text("action"), payload.Part("release").Number("id")],
            "DiscussionEvent" => [payload.Text("action"), payload.Part("discussion").Number("number")],
            "GollumEvent" => Pages(payload),
            "MemberEvent" => [payload.Text("action"), payload.Part("member").Number("id")],
            "PublicEvent" => [""],
            "WatchEvent" => [actor.Number("id")],
            _ => [null],
        };
        key = default;
        if (parts.Length == 0 || parts.Contains(null))
            return false;
        key = NaturalKey.Of(type, repository, parts!);
        return true;
    }

    /// <summary>Comments on commits had no action before October 2025; there was no other than this one.</summary>
    private static string? Created(JsonElement payload) => payload.Text("action") is null or "created" ? "created" : null;

    /// <summary>Merging was a closing of a merged pull request before October 2025.</summary>
    private static string? PullRequestAction(JsonElement payload)
    {
        var action = payload.Text("action");
        return action == "closed" && payload.Part("pull_request").Part("merged").ValueKind == JsonValueKind.True ? "merged" : action;
    }

    private static string?[] Pages(JsonElement payload)
    {
        var pages = payload.Part("pages");
        return pages.ValueKind == JsonValueKind.Array ? [.. pages.EnumerateArray().Select(page => page.Text("sha"))] : [];
    }
}
