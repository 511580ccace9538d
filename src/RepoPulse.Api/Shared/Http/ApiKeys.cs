using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api;

/// <summary>
/// Lets a request under <c>/api</c> through only with one of the keys. Whatever it is after, known path or not: who has no key learns
/// nothing. An endpoint that stays open carries <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class ApiKeys(IReadOnlyList<string> keys)
{
    private const string Scheme = "Bearer ";

    /// <summary>Hashes are all of one length, so comparing them reveals neither a key's length nor how much of it was right.</summary>
    private readonly byte[][] _hashes = [.. keys.Select(Hash)];

    public static bool IsKey(string? key) => !string.IsNullOrEmpty(key) && key.All(c => c is > ' ' and <= '~');

    /// <summary>The place of the key that a request carries; -1 where it carries none of them.</summary>
    public int Find(HttpRequest request) => _hashes.Length > 0 && Presented(request) is { } key ? Find(key) : -1;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ApiPath.Holds(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);

        if (Presented(context.Request) is { } key)
        {
            if (Find(key) >= 0)
                return next(context);
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"repopulse\", error=\"invalid_token\"";
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "The key is not one of this server's.");
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"repopulse\"";
        return Problems.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "A key is needed: send the header 'Authorization: Bearer KEY'.");
    }

    /// <summary>What a request gives for a key; null where it gives none.</summary>
    private static string? Presented(HttpRequest request) =>
        request.Headers.Authorization is [{ } credentials] && credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? credentials[Scheme.Length..].Trim()
            : null;

    /// <summary>Every key is compared, found or not, so that the time taken does not reveal which one matched.</summary>
    private int Find(string presented)
    {
        var hash = Hash(presented);
        var found = -1;
        for (var i = 0; i < _hashes.Length; i++)
            found = CryptographicOperations.FixedTimeEquals(_hashes[i], hash) ? i : found;
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>What keys open and limits are set on: everything under <c>/api</c>, known path or not.</summary>
internal static class ApiPath
{
    public static bool Holds(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
