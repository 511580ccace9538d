using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
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

    public static Task JsonAsync(HttpContext context, Body body)
    {
        var coding = ContentCodings.For(context.Request, body.Length);
        if (!Begin(context, body.Length, body.EntityTag, coding, Json, Revalidated))
            return Task.CompletedTask;
        return coding is null ? body.CopyToAsync(context.Response.BodyWriter, context.RequestAborted) : EncodeAsync(context, body.Slices, coding);
    }

    /// <summary>What may be served from a cache unasked, as long as it is no older than that. No cache is told to share what a key opened.</summary>
    public static Task CacheableAsync(HttpContext context, ReadOnlyMemory<byte> content, string mediaType, TimeSpan maxAge) =>
        WriteAsync(context, content, EntityTags.Of(content.Span), mediaType, FormattableString.Invariant($"max-age={(long)maxAge.TotalSeconds}"));

    /// <summary>A file of the page, in one of its forms, which were encoded when it was built.</summary>
    public static Task FileAsync(HttpContext context, PageFile file, Encoded form)
    {
        var follows = Begin(context, form.EntityTag, form.Encoding, file.MediaType, file.Caching);
        if (context.Response.StatusCode != StatusCodes.Status304NotModified)
            context.Response.ContentLength = form.Content.Length;
        return follows ? context.Response.BodyWriter.WriteAsync(form.Content, context.RequestAborted).AsTask() : Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content, string entityTag, string mediaType, string caching)
    {
        var coding = ContentCodings.For(context.Request, content.Length);
        if (!Begin(context, content.Length, entityTag, coding, mediaType, caching))
            return Task.CompletedTask;
        return coding is null ? context.Response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask() : EncodeAsync(context, [content], coding);
    }

    private static async Task EncodeAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> slices, string coding)
    {
        await using var encoder = ContentCodings.Encode(context.Response.BodyWriter.AsStream(leaveOpen: true), coding);
        foreach (var slice in slices)
            await encoder.WriteAsync(slice, context.RequestAborted);
    }

    /// <summary>Sets the headers for content that is encoded on its way out; true where a body must follow.</summary>
    private static bool Begin(HttpContext context, long length, string entityTag, string? coding, string mediaType, string caching)
    {
        var follows = Begin(context, EntityTags.In(coding, entityTag), coding, mediaType, caching);

        // How long it is when encoded is known when it is over.
        if (coding is null && context.Response.StatusCode != StatusCodes.Status304NotModified)
            context.Response.ContentLength = length;
        return follows;
    }

    private static bool Begin(HttpContext context, string entityTag, string? coding, string mediaType, string caching)
    {
        var response = context.Response;
        response.Headers.ETag = entityTag;
        response.Headers.CacheControl = caching;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (EntityTags.Match(context.Request.Headers.IfNoneMatch, entityTag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }

        response.ContentType = mediaType;
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        return !HttpMethods.IsHead(context.Request.Method);
    }
}
