using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// The envelope of the Events API around a payload. It looks like GitHub's but for the id, which says where it comes from.
/// </summary>
internal static class WebhookEnvelope
{
    private const string BotSuffix = "[bot]";

    /// <summary>As GitHub writes: no more escaped than JSON asks for.</summary>
    public static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(in GitHubEvent e, WebhookPayload from, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 1024);
        using var json = new Utf8JsonWriter(buffer, Form);
        json.WriteStartObject();
        json.WriteString("id", e.Key.Id.ToString());
        json.WriteString("type", e.Type.Name);
        WriteActor(json, from.Root.Part("sender"));
        json.WriteStartObject("repo");
        json.WriteNumber("id", e.RepositoryId.Value);
        json.WriteString("name", e.Repository.FullName);
        json.WriteString("url", ApiAddress(from.Repository));
        json.WriteEndObject();
        json.WritePropertyName("payload");
        json.WriteRawValue(payload, skipInputValidation: true);
        json.WriteBoolean("public", !from.IsOfPrivateRepository);
        json.WriteString("created_at", e.Key.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (from.Root.Part("organization") is { ValueKind: JsonValueKind.Object } organization)
            WriteOrganization(json, organization);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteActor(Utf8JsonWriter json, JsonElement sender)
    {
        var login = sender.Text("login")!;
        json.WriteStartObject("actor");
        WebhookPayload.Copy(json, sender, "id");
        json.WriteString("login", login);
        json.WriteString("display_login", login.EndsWith(BotSuffix, StringComparison.Ordinal) ? login[..^BotSuffix.Length] : login);
        json.WriteString("gravatar_id", "");
        WebhookPayload.Copy(json, sender, "url");
        WebhookPayload.Copy(json, sender, "avatar_url");
        json.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter json, JsonElement organization)
    {
        json.WriteStartObject("org");
        WebhookPayload.Copy(json, organization, "id");
        WebhookPayload.Copy(json, organization, "login");
        json.WriteString("gravatar_id", "");
        WebhookPayload.Copy(json, organization, "url");
        WebhookPayload.Copy(json, organization, "avatar_url");
        json.WriteEndObject();
    }

    /// <summary>In a push the repository's own address is that of its page; the one of its events is the API's in all of them.</summary>
    private static string ApiAddress(JsonElement repository)
    {
        const string Events = "/events";
        return repository.Text("events_url") is { } events && events.EndsWith(Events, StringComparison.Ordinal)
            ? events[..^Events.Length]
            : repository.Text("url") ?? "";
    }
}
