using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api.Http;

/// <summary>What a page of another origin may do: read, with a key if need be, and see the headers that clients act upon.</summary>
internal static class AllowedOriginsPolicy
{
    private const string Every = "*";

    public static bool IsOrigin(string? origin) => origin == Every
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase));

    public static CorsPolicy Create(IReadOnlyList<string> origins)
    {
        var policy = new CorsPolicyBuilder()
            .WithMethods("GET", "HEAD")
            .WithHeaders(HeaderNames.Authorization, HeaderNames.IfNoneMatch, HeaderNames.CacheControl, "Last-Event-ID")
            .WithExposedHeaders(HeaderNames.Age, HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy");
        return (origins.Contains(Every, StringComparer.Ordinal) ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins])).Build();
    }
}
