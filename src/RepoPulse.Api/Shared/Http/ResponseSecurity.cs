using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api;

/// <summary>
/// What every response says to a browser, errors too: to take it for nothing else than it says it is, and to send no referrer.
/// </summary>
internal static class ResponseSecurity
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
