using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api.Http;

/// <summary>What keys open and limits are set on: everything under <c>/api</c>, known path or not.</summary>
internal static class ApiPath
{
    public static bool Holds(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
