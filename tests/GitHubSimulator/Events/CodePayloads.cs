using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>Pushes, branches, tags and comments on commits.</summary>
internal static class CodePayloads
{
    /// <summary>Without <c>size</c>, <c>distinct_size</c> and <c>commits</c>, which pushes had until October 2025.</summary>
    public static void WritePush(Utf8JsonWriter json, PayloadContext context)
    {
        json.WriteNumber("repository_id", context.Repository.Id);
        json.WriteNumber("push_id", context.Id());
        json.WriteString("ref", $"refs/heads/{context.Branch()}");
        json.WriteString("head", context.Sha());
        json.WriteString("before", context.Sha());
    }

    public static void WriteCreate(Utf8JsonWriter json, PayloadContext context)
    {
        WriteReference(json, context);
        json.WriteString("master_branch", "main");
        json.WriteString("description", $"{context.Repository.Name}, simulated");
        json.WriteString("pusher_type", "user");
    }

    public static void WriteDelete(Utf8JsonWriter json, PayloadContext context)
    {
        WriteReference(json, context);
        json.WriteString("pusher_type", "user");
    }

    public static void WriteCommitComment(Utf8JsonWriter json, PayloadContext context)
    {
        json.WriteString("action", "created");
        context.WriteComment(json, $"{context.HtmlUrl}/commit/{context.Sha()}");
    }

    private static void WriteReference(Utf8JsonWriter json, PayloadContext context)
    {
        var isTag = context.Random.Next(5) == 0;
        var name = isTag ? $"v{context.Random.Next(12)}.{context.Random.Next(30)}.0" : context.Branch();
        json.WriteString("ref", name);
        json.WriteString("ref_type", isTag ? "tag" : "branch");
        json.WriteString("full_ref", (isTag ? "refs/tags/" : "refs/heads/") + name);
    }
}
