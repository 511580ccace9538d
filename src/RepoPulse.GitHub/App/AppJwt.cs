using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace RepoPulse.GitHub;

/// <summary>
/// What an App proves itself with
/// (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
/// </summary>
internal static class AppJwt
{
    /// <summary>Issued in the past, in case GitHub's clock is behind.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(60);

    /// <summary>At most ten minutes, reckoned from the issue that was put back.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    /// <param name="now">By GitHub's clock.</param>
    public static string Create(GitHubAppOptions app, DateTimeOffset now)
    {
        var payload = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteNumber("iat", (now - Backdating).ToUnixTimeSeconds());
            json.WriteNumber("exp", (now - Backdating + Lifetime).ToUnixTimeSeconds());
            json.WriteString("iss", app.Id);
            json.WriteEndObject();
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(payload.WrittenSpan)}";
        return $"{signed}.{Base64Url.EncodeToString(app.PrivateKey.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
