using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>
/// Pull requests and their reviews. Since October 2025 the pull request itself is a stub, and merging an action of its own.
/// </summary>
internal static class PullRequestPayloads
{
    public static void WritePullRequest(Utf8JsonWriter json, PayloadContext context)
    {
        var number = context.Number();
        var action = context.Pick("opened", "opened", "merged", "merged", "closed", "reopened", "labeled", "assigned");
        json.WriteString("action", context.IsOldForm && action == "merged" ? "closed" : action);
        json.WriteNumber("number", number);
        WriteStub(json, context, number, context.IsOldForm ? action : null);
    }

    public static void WriteReview(Utf8JsonWriter json, PayloadContext context)
    {
        var number = context.Number();
        json.WriteString("action", context.Pick("created", "created", "updated", "dismissed"));
        json.WriteStartObject("review");
        json.WriteNumber("id", context.Id());
        context.WriteUser(json, "user");
        json.WriteNull("body");
        json.WriteString("commit_id", context.Sha());
        json.WriteString("submitted_at", GitHubTime.Format(context.At));
        json.WriteString("state", context.Pick("approved", "commented", "changes_requested"));
        json.WriteString("html_url", $"{context.HtmlUrl}/pull/{number}#pullrequestreview");
        json.WriteString("pull_request_url", $"{context.RepositoryUrl}/pulls/{number}");
        json.WriteEndObject();
        WriteStub(json, context, number);
    }

    public static void WriteReviewComment(Utf8JsonWriter json, PayloadContext context)
    {
        var number = context.Number();
        json.WriteString("action", "created");
        context.WriteComment(json, $"{context.HtmlUrl}/pull/{number}");
        WriteStub(json, context, number);
    }

    /// <param name="action">Where the pull request is to be shown as before October 2025: what was done to it.</param>
    private static void WriteStub(Utf8JsonWriter json, PayloadContext context, int number, string? action = null)
    {
        json.WriteStartObject("pull_request");
        json.WriteString("url", $"{context.RepositoryUrl}/pulls/{number}");
        json.WriteNumber("id", context.Id());
        json.WriteNumber("number", number);
        WriteEnd(json, context, "head", context.Branch());
        WriteEnd(json, context, "base", "main");
        if (action is not null)
            WriteRest(json, context, action);
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, PayloadContext context, string action)
    {
        json.WriteString("state", action is "merged" or "closed" ? "closed" : "open");
        json.WriteBoolean("locked", false);
        json.WriteString("title", context.Title());
        context.WriteUser(json, "user");
        json.WriteNull("body");
        json.WriteString("created_at", GitHubTime.Format(context.At));
        json.WriteString("updated_at", GitHubTime.Format(context.At));
        json.WriteBoolean("merged", action == "merged");
        json.WriteNumber("comments", context.Random.Next(20));
        json.WriteNumber("commits", 1 + context.Random.Next(9));
    }

    private static void WriteEnd(Utf8JsonWriter json, PayloadContext context, string end, string branch)
    {
        json.WriteStartObject(end);
        json.WriteString("ref", branch);
        json.WriteString("sha", context.Sha());
        json.WriteStartObject("repo");
        json.WriteNumber("id", context.Repository.Id);
        json.WriteString("url", context.RepositoryUrl);
        json.WriteString("name", context.Identity.Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
