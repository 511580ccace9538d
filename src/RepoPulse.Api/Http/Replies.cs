using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api.Http;

/// <summary>
/// The one way out for every body under <c>/api</c>: its headers, its entity tag, 304 and HEAD. Encodings belong here too, because a tag must
/// differ with the encoding.
/// </summary>
internal static class Replies
{
    public const string Json = "application/json";

    /// <summary>For text that people read as it comes: quotes and plus signs stand as they are. What is sent is JSON and never taken for HTML.</summary>
    public static readonly JsonWriterOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> json, string entityTag) => Begin(context, json.Length, entityTag)
        ? context.Response.BodyWriter.WriteAsync(json, context.RequestAborted).AsTask()
        : Task.CompletedTask;

    public static Task JsonAsync(HttpContext context, Body body) => Begin(context, body.Length, body.EntityTag)
        ? body.CopyToAsync(context.Response.BodyWriter, context.RequestAborted)
        : Task.CompletedTask;

    /// <summary>Sets the headers; true where a body must follow.</summary>
    private static bool Begin(HttpContext context, long length, string entityTag)
    {
        var response = context.Response;
        response.Headers.ETag = entityTag;
        response.Headers.CacheControl = "no-cache";
        if (EntityTags.Match(context.Request.Headers.IfNoneMatch, entityTag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }

        response.ContentType = Json;
        response.ContentLength = length;
        return !HttpMethods.IsHead(context.Request.Method);
    }
}
