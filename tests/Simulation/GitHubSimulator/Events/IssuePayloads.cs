using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>Issues, their comments, and discussions.</summary>
internal static class IssuePayloads
{
    public static void WriteIssues(Utf8JsonWriter json, PayloadContext context)
    {
        var action = context.Pick("opened", "opened", "closed", "closed", "reopened", "labeled", "assigned");
        json.WriteString("action", action);
        WriteIssue(json, context, "issue", context.Number(), action == "closed" ? "closed" : "open");
    }

    public static void WriteComment(Utf8JsonWriter json, PayloadContext context)
    {
        var number = context.Number();
        json.WriteString("action", "created");
        WriteIssue(json, context, "issue", number, "open");
        context.WriteComment(json, $"{context.HtmlUrl}/issues/{number}");
    }

    public static void WriteDiscussion(Utf8JsonWriter json, PayloadContext context)
    {
        json.WriteString("action", context.Pick("created", "answered"));
        WriteIssue(json, context, "discussion", context.Number(), "open");
    }

    private static void WriteIssue(Utf8JsonWriter json, PayloadContext context, string property, int number, string state)
    {
        var segment = property == "issue" ? "issues" : "discussions";
        json.WriteStartObject(property);
        json.WriteString("url", $"{context.RepositoryUrl}/{segment}/{number}");
        json.WriteString("repository_url", context.RepositoryUrl);
        json.WriteString("html_url", $"{context.HtmlUrl}/{segment}/{number}");
        json.WriteNumber("id", context.Id());
        json.WriteNumber("number", number);
        json.WriteString("title", context.Title());
        context.WriteUser(json, "user");
        json.WriteStartArray("labels");
        json.WriteEndArray();
        json.WriteString("state", state);
        json.WriteBoolean("locked", false);
        json.WriteNumber("comments", context.Random.Next(20));
        json.WriteString("created_at", GitHubTime.Format(context.At));
        json.WriteString("updated_at", GitHubTime.Format(context.At));
        json.WriteNull("body");
        json.WriteEndObject();
    }
}
