using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>Pull requests and their reviews. Since October 2025 the pull request itself is a stub, and merging an action of its own.</summary>
internal static class PullRequestPayloads
{
    public static void WritePullRequest(Utf8JsonWriter json, PayloadContext context)
    {
        var number = context.Number();
        json.WriteString("action", context.Pick("opened", "opened", "merged", "merged", "closed", "reopened", "labeled", "assigned"));
        json.WriteNumber("number", number);
        WriteStub(json, context, number);
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

    private static void WriteStub(Utf8JsonWriter json, PayloadContext context, int number)
    {
        json.WriteStartObject("pull_request");
        json.WriteString("url", $"{context.RepositoryUrl}/pulls/{number}");
        json.WriteNumber("id", context.Id());
        json.WriteNumber("number", number);
        WriteEnd(json, context, "head", context.Branch());
        WriteEnd(json, context, "base", "main");
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, PayloadContext context, string end, string branch)
    {
        json.WriteStartObject(end);
        json.WriteString("ref", branch);
        json.WriteString("sha", context.Sha());
        json.WriteStartObject("repo");
        json.WriteNumber("id", context.Repository.Id);
        json.WriteString("url", context.RepositoryUrl);
        json.WriteString("name", context.Repository.Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
