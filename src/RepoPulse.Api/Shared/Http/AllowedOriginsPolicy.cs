using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api;

/// <summary>What a page of another origin may do: read, with a key if need be, and see the headers that clients act upon.</summary>
public static class AllowedOriginsPolicy
{
    private const string Every = "*";

    /// <summary>Whether a text is an origin as browsers send it, in which a scheme's own port is left out; or <c>*</c>.</summary>
    public static bool IsOrigin(string? origin) => origin == Every
        || (IsHttp(origin)
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase));

    internal static CorsPolicy Create(IReadOnlyList<string> origins)
    {
        var policy = new CorsPolicyBuilder()
            .WithMethods("GET", "HEAD")
            .WithHeaders(HeaderNames.Authorization, HeaderNames.IfNoneMatch, HeaderNames.CacheControl, "Last-Event-ID")
            .WithExposedHeaders(
                HeaderNames.Age, HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy");
        return (origins.Contains(Every, StringComparer.Ordinal) ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins])).Build();
    }

    /// <summary>Before a text is parsed: of other schemes the base library's parser throws for a few.</summary>
    private static bool IsHttp(string? origin) => origin is not null
        && (origin.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
