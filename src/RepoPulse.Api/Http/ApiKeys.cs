using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api.Http;

/// <summary>
/// Lets a request under <c>/api</c> through only with one of the keys. Whatever it is after, known path or not: who has no key learns nothing.
/// An endpoint that stays open carries <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class ApiKeys(IReadOnlyList<string> keys)
{
    private const string Scheme = "Bearer ";

    /// <summary>Hashes are all of one length, so comparing them tells neither a key's length nor how much of it was right.</summary>
    private readonly byte[][] _hashes = [.. keys.Select(Hash)];

    public static bool IsKey(string? key) => !string.IsNullOrEmpty(key) && key.All(c => c is > ' ' and <= '~');

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);

        var authorization = context.Request.Headers.Authorization;
        if (authorization is [{ } credentials] && credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            if (Holds(credentials[Scheme.Length..].Trim()))
                return next(context);
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"repopulse\", error=\"invalid_token\"";
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "The key is not one of this server's.");
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"repopulse\"";
        return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "A key is needed: send the header 'Authorization: Bearer KEY'.");
    }

    /// <summary>Every key is compared, found or not, so that the time taken does not tell which one matched.</summary>
    private bool Holds(string presented)
    {
        var hash = Hash(presented);
        var found = false;
        foreach (var held in _hashes)
            found |= CryptographicOperations.FixedTimeEquals(held, hash);
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
