using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>Writes an event as GitHub does: the envelope here, the payload by <see cref="PayloadWriter"/>.</summary>
internal static class EventWriter
{
    private const string ApiUrl = "https://api.github.com";

    /// <param name="payload">In place of the one that is made up for the type.</param>
    public static void Write(IBufferWriter<byte> to, long id, string type, PayloadContext context, string? payload)
    {
        using var json = JsonBody.CreateWriter(to);
        var actor = context.Actor;
        var owner = context.Identity.Owner;
        json.WriteStartObject();
        json.WriteString("id", id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("type", type);
        json.WriteStartObject("actor");
        json.WriteNumber("id", actor.Id);
        json.WriteString("login", actor.Login);
        json.WriteString("display_login", actor.DisplayLogin);
        json.WriteString("gravatar_id", "");
        json.WriteString("url", $"{ApiUrl}/users/{actor.Login}");
        json.WriteString("avatar_url", $"https://avatars.githubusercontent.com/u/{actor.Id}?");
        json.WriteEndObject();
        json.WriteStartObject("repo");
        json.WriteNumber("id", context.Repository.Id);
        json.WriteString("name", context.Identity.FullName);
        json.WriteString("url", $"{ApiUrl}/repos/{context.Identity.FullName}");
        json.WriteEndObject();
        json.WritePropertyName("payload");
        if (payload is not null)
            json.WriteRawValue(payload);
        else
            PayloadWriter.Write(json, type, context);
        json.WriteBoolean("public", !context.Repository.IsPrivate);
        json.WriteString("created_at", GitHubTime.Format(context.At));
        if (owner.IsOrganization)
            WriteOrganization(json, owner);
        json.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter json, SimulatedOwner owner)
    {
        json.WriteStartObject("org");
        json.WriteNumber("id", owner.Id);
        json.WriteString("login", owner.Login);
        json.WriteString("gravatar_id", "");
        json.WriteString("url", $"{ApiUrl}/orgs/{owner.Login}");
        json.WriteString("avatar_url", $"https://avatars.githubusercontent.com/u/{owner.Id}?");
        json.WriteEndObject();
    }
}
