using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GitHubSimulator.Chance;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Webhooks;

/// <summary>
/// Makes the deliveries of a repository's or organization's webhook, for a test to send. GitHub sends each once, in no reliable order; sent
/// again, a delivery has its former id.
/// </summary>
/// <param name="target">Where the hook posts to.</param>
public sealed class WebhookSender(Uri target, string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>Sends <c>payload=</c> as a form does, in place of JSON.</summary>
    public bool AsForm { get; init; }

    /// <summary>
    /// The delivery of an event; null for an event of a type that no webhook has. Made for the same event again it is a redelivery. Events
    /// with minimal payloads have too little in them for a webhook that could be recognised as theirs.
    /// </summary>
    public HttpRequestMessage? Create(SimulatedEvent e) =>
        WebhookKind.Of(e.Type) is { } kind ? Create(kind.Name, IdOf(e), WebhookWriter.Write(kind, e)) : null;

    /// <summary>The delivery that GitHub sends when a hook is set up.</summary>
    public HttpRequestMessage CreatePing() => Create("ping", Guid.Empty, JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("zen", "Keep it logically awesome.");
        json.WriteNumber("hook_id", 1);
        json.WriteEndObject();
    }));

    private static Guid IdOf(SimulatedEvent e)
    {
        var draws = Draws.Of(0, DrawKind.Delivery, e.Repository.Id ^ e.Id, e.HappenedAt.UtcTicks);
        return new Guid(MemoryMarshal.AsBytes<ulong>([draws.Next(), draws.Next()]));
    }

    private HttpRequestMessage Create(string kind, Guid id, byte[] payload)
    {
        var body = AsForm ? Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(Encoding.UTF8.GetString(payload))) : payload;
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(AsForm ? "application/x-www-form-urlencoded" : "application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/ede37db");
        request.Headers.Accept.ParseAdd("*/*");
        request.Headers.Add("X-GitHub-Delivery", id.ToString("D", CultureInfo.InvariantCulture));
        request.Headers.Add("X-GitHub-Event", kind);
        request.Headers.Add("X-GitHub-Hook-ID", "1");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", "repository");
        request.Headers.Add("X-Hub-Signature", "sha1=" + Convert.ToHexStringLower(LegacySignature(body)));
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body)));
        return request;
    }

#pragma warning disable CA5350 // GitHub still sends it, for receivers of long ago.
    private byte[] LegacySignature(byte[] body) => HMACSHA1.HashData(_secret, body);
#pragma warning restore CA5350
}
