using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GitHubSimulator.Accounts;

/// <summary>A JSON web token by which a GitHub App shows who it is: RS256, valid for ten minutes at most.</summary>
internal static class AppAssertion
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(10);

    /// <summary>GitHub allows for a clock that is this much ahead.</summary>
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(1);

    /// <summary>The app that signed it, or what GitHub finds wrong.</summary>
    public static (string? AppId, string? Fault) Verify(string? assertion, AppDirectory apps, DateTimeOffset now)
    {
        if (assertion?.Split('.') is not [var header, var payload, var signature])
            return (null, "A JSON web token could not be decoded");
        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (head.RootElement.GetProperty("alg").GetString() != "RS256")
                return (null, "A JSON web token could not be decoded");
            var issuer = claims.RootElement.GetProperty("iss") is { ValueKind: JsonValueKind.Number } number
                ? number.GetInt64().ToString(CultureInfo.InvariantCulture)
                : claims.RootElement.GetProperty("iss").GetString();
            if (issuer is null || apps.KeyOf(issuer) is not { } key)
                return (null, "Integration not found");
            var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
            return key.VerifyData(signed, Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                ? (issuer, FaultOfTime(claims.RootElement, now))
                : (null, "A JSON web token could not be decoded");
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "A JSON web token could not be decoded");
        }
    }

    private static string? FaultOfTime(JsonElement claims, DateTimeOffset now)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64());
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
        if (issuedAt > now + Drift)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        if (expiresAt <= now)
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
        return expiresAt > now + MaxLifetime + Drift ? "'Expiration time' claim ('exp') is too far in the future" : null;
    }
}
