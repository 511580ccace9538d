using System.Text.Json;

namespace RepoPulse.GitHub.Apps;

/// <summary>A token that GitHub gave an installation for an hour.</summary>
/// <param name="RenewAt">When to fetch the next: long enough before the end that a few failures do no harm.</param>
/// <param name="ExpiresAt">By our own clock.</param>
internal sealed record InstallationGrant(string Secret, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Reads the answer to <c>POST /app/installations/ID/access_tokens</c>; null where it is none, or of a token that is over.</summary>
    /// <param name="now">When the answer came, by our own clock.</param>
    /// <param name="theirNow">The same by GitHub's.</param>
    public static InstallationGrant? Read(ReadOnlyMemory<byte> body, DateTimeOffset now, DateTimeOffset theirNow)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("token", out var token) || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } secret
                || !root.TryGetProperty("expires_at", out var end) || end.ValueKind != JsonValueKind.String || !end.TryGetDateTimeOffset(out var expiresAt)
                || expiresAt <= theirNow)
                return null;
            var left = expiresAt - theirNow;
            return new InstallationGrant(secret, now + left - (left / 10 < Ahead ? left / 10 : Ahead), now + left);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
