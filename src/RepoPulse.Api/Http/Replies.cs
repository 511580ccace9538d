using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RepoPulse.Api.Dashboard;

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

    /// <summary>What may change at any moment and costs little to ask about: nothing is served from a cache unasked.</summary>
    private const string Revalidated = "no-cache";

    public static Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> json, string entityTag) => WriteAsync(context, json, entityTag, Json, Revalidated);

    public static Task JsonAsync(HttpContext context, Body body) => Begin(context, body.Length, body.EntityTag, Json, Revalidated)
        ? body.CopyToAsync(context.Response.BodyWriter, context.RequestAborted)
        : Task.CompletedTask;

    /// <summary>What may be served from a cache unasked, as long as it is no older than that. No cache is told to share what a key opened.</summary>
    public static Task CacheableAsync(HttpContext context, ReadOnlyMemory<byte> content, string mediaType, TimeSpan maxAge) =>
        WriteAsync(context, content, EntityTags.Of(content.Span), mediaType, FormattableString.Invariant($"max-age={(long)maxAge.TotalSeconds}"));

    /// <summary>A file of the page, in one of its forms.</summary>
    public static Task FileAsync(HttpContext context, PageFile file, Encoded form)
    {
        var headers = context.Response.Headers;
        var follows = Begin(context, form.Content.Length, form.EntityTag, file.MediaType, Revalidated);
        file.SetCaching(headers);
        if (form.Encoding is not null && context.Response.StatusCode != StatusCodes.Status304NotModified)
            headers.ContentEncoding = form.Encoding;
        return follows ? context.Response.BodyWriter.WriteAsync(form.Content, context.RequestAborted).AsTask() : Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content, string entityTag, string mediaType, string caching) =>
        Begin(context, content.Length, entityTag, mediaType, caching)
            ? context.Response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask()
            : Task.CompletedTask;

    /// <summary>Sets the headers; true where a body must follow.</summary>
    private static bool Begin(HttpContext context, long length, string entityTag, string mediaType, string caching)
    {
        var response = context.Response;
        response.Headers.ETag = entityTag;
        response.Headers.CacheControl = caching;
        if (EntityTags.Match(context.Request.Headers.IfNoneMatch, entityTag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }

        response.ContentType = mediaType;
        response.ContentLength = length;
        return !HttpMethods.IsHead(context.Request.Method);
    }
}
