using System.Text.Json;
using GitHubSimulator.Events;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Webhooks;

/// <summary>
/// Writes an event as a webhook reports it: without its id and time, the payload's parts at the top, the repository and the sender in full.
/// Made from what the feed shows, so that both report the same head, comment, number and user.
/// </summary>
internal static class WebhookWriter
{
    public static byte[] Write(WebhookKind kind, SimulatedEvent e)
    {
        using var polled = JsonDocument.Parse(e.Json);
        var payload = polled.RootElement.GetProperty("payload");
        return JsonBody.Write(json =>
        {
            json.WriteStartObject();
            if (payload.ValueKind == JsonValueKind.Object)
                WritePayload(json, kind, e, payload);
            WriteRepository(json, kind, e);
            if (e.Owner.IsOrganization)
                WriteOwner(json, "organization", e.Owner);
            var actor = polled.RootElement.GetProperty("actor");
            if (kind.Name == "push")
                WritePusher(json, actor);
            WriteSender(json, actor);
            json.WriteEndObject();
        });
    }

    private static void WritePayload(Utf8JsonWriter json, WebhookKind kind, SimulatedEvent e, JsonElement payload)
    {
        if (kind.Name == "push")
        {
            WritePush(json, e, payload);
            return;
        }

        foreach (var property in payload.EnumerateObject())
        {
            if (property.NameEquals("action") && kind.Actions.TryGetValue(property.Value.GetString() ?? "", out var action))
                json.WriteString("action", action);
            else if (property.NameEquals("pull_request"))
                WritePullRequest(json, e, property.Value, payload);
            else
                property.WriteTo(json);
        }

        if (kind.Name == "star")
            json.WriteString("starred_at", GitHubTime.Format(e.CreatedAt));
    }

    private static void WritePush(Utf8JsonWriter json, SimulatedEvent e, JsonElement payload)
    {
        var head = payload.GetProperty("head").GetString()!;
        json.WriteString("ref", payload.GetProperty("ref").GetString());
        json.WriteString("before", payload.TryGetProperty("before", out var before) ? before.GetString() : new string('0', 40));
        json.WriteString("after", head);
        json.WriteBoolean("created", false);
        json.WriteBoolean("deleted", false);
        json.WriteBoolean("forced", false);
        json.WriteNull("base_ref");
        json.WriteStartArray("commits");
        json.WriteEndArray();
        json.WriteStartObject("head_commit");
        json.WriteString("id", head);
        json.WriteBoolean("distinct", true);
        json.WriteString("message", "Fix a race at shutdown");
        json.WriteString("timestamp", GitHubTime.Format(e.CreatedAt));
        json.WriteEndObject();
    }

    /// <summary>Here merging is closing, and the pull request says that it was merged.</summary>
    private static void WritePullRequest(Utf8JsonWriter json, SimulatedEvent e, JsonElement pullRequest, JsonElement payload)
    {
        var isMerged = payload.TryGetProperty("action", out var action) && action.ValueEquals("merged");
        json.WriteStartObject("pull_request");
        foreach (var property in pullRequest.EnumerateObject())
            if (!property.NameEquals("merged"))
                property.WriteTo(json);
        json.WriteBoolean("merged", isMerged || (pullRequest.TryGetProperty("merged", out var merged) && merged.GetBoolean()));
        if (isMerged)
            json.WriteString("merged_at", GitHubTime.Format(e.CreatedAt));
        json.WriteEndObject();
    }

    private static void WriteRepository(Utf8JsonWriter json, WebhookKind kind, SimulatedEvent e)
    {
        var identity = e.Repository.IdentityAt(e.HappenedAt);
        json.WriteStartObject("repository");
        json.WriteNumber("id", e.Repository.Id);
        json.WriteString("name", identity.Name);
        json.WriteString("full_name", identity.FullName);
        json.WriteBoolean("private", e.Repository.IsPrivate);
        WriteOwner(json, "owner", identity.Owner);
        json.WriteString("html_url", $"https://github.com/{identity.FullName}");
        json.WriteString("url", $"https://api.github.com/repos/{identity.FullName}");

        // In pushes these two are numbers, and text in everything else.
        if (kind.Name == "push")
        {
            json.WriteNumber("created_at", e.Repository.CreatedAt.ToUnixTimeSeconds());
            json.WriteNumber("pushed_at", e.CreatedAt.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteString("created_at", GitHubTime.Format(e.Repository.CreatedAt));
            json.WriteString("pushed_at", GitHubTime.Format(e.CreatedAt));
        }

        json.WriteString("default_branch", "main");
        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, string property, SimulatedOwner owner)
    {
        json.WriteStartObject(property);
        json.WriteString("login", owner.Login);
        json.WriteNumber("id", owner.Id);
        json.WriteString("url", $"https://api.github.com/users/{owner.Login}");
        json.WriteString("type", owner.IsOrganization ? "Organization" : "User");
        json.WriteEndObject();
    }

    private static void WritePusher(Utf8JsonWriter json, JsonElement actor)
    {
        var login = actor.GetProperty("login").GetString();
        json.WriteStartObject("pusher");
        json.WriteString("name", login);
        json.WriteString("email", $"{login}@users.noreply.github.com");
        json.WriteEndObject();
    }

    private static void WriteSender(Utf8JsonWriter json, JsonElement actor)
    {
        var login = actor.GetProperty("login").GetString()!;
        json.WriteStartObject("sender");
        json.WriteString("login", login);
        json.WriteNumber("id", actor.GetProperty("id").GetInt64());
        json.WriteString("url", $"https://api.github.com/users/{login}");
        json.WriteString("type", login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User");
        json.WriteBoolean("site_admin", false);
        json.WriteEndObject();
    }
}
