using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api.Http;

/// <summary>What every answer tells a browser, errors too: to take it for nothing else than it says it is, and to tell nobody where it was.</summary>
internal static class AnswerSecurity
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
