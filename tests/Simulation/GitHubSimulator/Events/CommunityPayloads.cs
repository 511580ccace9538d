using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>Forks, releases, wiki pages and members.</summary>
internal static class CommunityPayloads
{
    public static void WriteFork(Utf8JsonWriter json, PayloadContext context)
    {
        var fork = $"{context.Actor.Login}/{context.Identity.Name}";
        json.WriteString("action", "forked");
        json.WriteStartObject("forkee");
        json.WriteNumber("id", context.Id());
        json.WriteString("name", context.Identity.Name);
        json.WriteString("full_name", fork);
        json.WriteBoolean("private", false);
        context.WriteUser(json, "owner");
        json.WriteString("html_url", $"https://github.com/{fork}");
        json.WriteBoolean("fork", true);
        json.WriteString("url", $"https://api.github.com/repos/{fork}");
        json.WriteString("created_at", GitHubTime.Format(context.At));
        json.WriteBoolean("public", true);
        json.WriteEndObject();
    }

    public static void WriteRelease(Utf8JsonWriter json, PayloadContext context)
    {
        var tag = $"v{context.Random.Next(12)}.{context.Random.Next(30)}.{context.Random.Next(9)}";
        var id = context.Id();
        json.WriteString("action", "published");
        json.WriteStartObject("release");
        json.WriteString("url", $"{context.RepositoryUrl}/releases/{id}");
        json.WriteString("html_url", $"{context.HtmlUrl}/releases/tag/{tag}");
        json.WriteNumber("id", id);
        context.WriteUser(json, "author");
        json.WriteString("tag_name", tag);
        json.WriteString("target_commitish", "main");
        json.WriteString("name", tag);
        json.WriteBoolean("draft", false);
        json.WriteBoolean("prerelease", false);
        json.WriteString("created_at", GitHubTime.Format(context.At));
        json.WriteString("published_at", GitHubTime.Format(context.At));
        json.WriteString("body", "Fixes and dependencies.");
        json.WriteEndObject();
    }

    public static void WriteGollum(Utf8JsonWriter json, PayloadContext context)
    {
        json.WriteStartArray("pages");
        json.WriteStartObject();
        json.WriteString("page_name", "Home");
        json.WriteString("title", "Home");
        json.WriteNull("summary");
        json.WriteString("action", "edited");
        json.WriteString("sha", context.Sha());
        json.WriteString("html_url", $"{context.HtmlUrl}/wiki/Home");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteMember(Utf8JsonWriter json, PayloadContext context)
    {
        context.WriteUser(json, "member");
        json.WriteString("action", "added");
    }
}
