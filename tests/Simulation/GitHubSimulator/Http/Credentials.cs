using System.Text;

namespace GitHubSimulator.Http;

/// <summary>Reads the token of an <c>Authorization</c> header.</summary>
internal static class Credentials
{
    /// <summary>
    /// The token of <c>Bearer</c>, <c>token</c> or <c>Basic</c> (as its password, or alone as its user); null without the header.
    /// </summary>
    public static string? Read(string? authorization)
    {
        if (string.IsNullOrWhiteSpace(authorization))
            return null;
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? "" : authorization[..space];
        var rest = authorization[(space + 1)..].Trim();
        return scheme.ToUpperInvariant() switch
        {
            "BEARER" or "TOKEN" => rest,
            "BASIC" => FromBasic(rest),
            // What cannot be read is a bad credential, not a missing one.
            _ => authorization,
        };
    }

    private static string FromBasic(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return encoded;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts is [_, { Length: > 0 } password] ? password : parts[0];
    }
}
