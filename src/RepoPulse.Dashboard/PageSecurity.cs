using Microsoft.AspNetCore.Http;

namespace RepoPulse.Dashboard;

/// <summary>
/// What a browser may do with a page: run and load what this server gave it, and nothing else, nor show it inside another.
/// </summary>
internal static class PageSecurity
{
    public const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action " +
        "'none'; frame-ancestors 'none'";

    /// <summary>Scalar writes its styles into the page and carries its fonts and pictures in them.</summary>
    public const string Reference =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Apply(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
