using System.Text.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>Pushes, branches, tags and comments on commits.</summary>
internal static class CodePayloads
{
    /// <summary>Until October 2025 pushes had <c>size</c>, <c>distinct_size</c> and <c>commits</c> as well.</summary>
    public static void WritePush(Utf8JsonWriter json, PayloadContext context)
    {
        var made = context.Sha();
        var id = context.Id();
        var (branch, other) = (context.Branch(), context.Sha());
        // An event that is made again each time it is shown cannot know of others: it is to a branch of its own.
        (branch, var before, var head) = context.Heads?.Push(branch, context.At, made, other) ?? BranchHeads.OwnBranch(made, other);
        json.WriteNumber("repository_id", context.Repository.Id);
        json.WriteNumber("push_id", id);
        if (context.IsOldForm)
        {
            json.WriteNumber("size", 1);
            json.WriteNumber("distinct_size", 1);
        }

        json.WriteString("ref", $"refs/heads/{branch}");
        json.WriteString("head", head);
        json.WriteString("before", before);
        if (context.IsOldForm)
            WriteCommits(json, context, head);
    }

    private static void WriteCommits(Utf8JsonWriter json, PayloadContext context, string head)
    {
        json.WriteStartArray("commits");
        json.WriteStartObject();
        json.WriteString("sha", head);
        json.WriteStartObject("author");
        json.WriteString("email", $"{context.Actor.DisplayLogin}@users.noreply.github.com");
        json.WriteString("name", context.Actor.DisplayLogin);
        json.WriteEndObject();
        json.WriteString("message", context.Title());
        json.WriteBoolean("distinct", true);
        json.WriteString("url", $"{context.RepositoryUrl}/commits/{head}");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteCreate(Utf8JsonWriter json, PayloadContext context)
    {
        WriteReference(json, context);
        json.WriteString("master_branch", "main");
        json.WriteString("description", $"{context.Identity.Name}, simulated");
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
