using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Api;

/// <summary>
/// The one way out for every body under <c>/api</c>: its headers, its entity tag, 304 and HEAD. Encodings belong here too, because a tag
/// must differ with the encoding.
/// </summary>
internal static class Replies
{
    public const string Json = "application/json";

    /// <summary>
    /// For text that people read as it comes: quotes and plus signs stand as they are. What is sent is JSON and never taken for HTML.
    /// </summary>
    public static readonly JsonWriterOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What may change at any moment and costs little to ask about: nothing is served from a cache unasked.</summary>
    private const string Revalidated = "no-cache";

    public static Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> json, string entityTag) =>
        WriteAsync(context, json, entityTag, Json, Revalidated);

    public static Task JsonAsync(HttpContext context, Body body)
    {
        if (body.Length > ResponseWriter.PieceBytes)
            return LongAsync(context, body.Slices, body.Length, body.EntityTag, Json, Revalidated);
        var coding = ContentCodings.For(context.Request, body.Length);
        if (!Begin(context, body.Length, body.EntityTag, coding, Json, Revalidated))
            return Task.CompletedTask;
        if (coding is not null)
            return EncodeAsync(context, body.Slices, coding);
        foreach (var slice in body.Slices)
            context.Response.BodyWriter.Write(slice.Span);
        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>A body that is made as it is sent, so that it is never held as a whole.</summary>
    /// <param name="response">The caller's, for what the body holds.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="write">Hands the body, piece by piece, to what it is given. Not called where no body is to follow.</param>
    public static async Task JsonAsync(
        HttpContext context,
        ResponseWriter response,
        long length,
        string entityTag,
        Func<Func<ReadOnlyMemory<byte>, ValueTask>, ValueTask> write)
    {
        var coding = ContentCodings.For(context.Request, length);
        if (NeedsBody(context, EntityTags.In(coding, entityTag)) && length > ResponseWriter.PieceBytes)
            coding = ContentCodings.WithRoom(context.Request, coding, response);
        if (!Begin(context, length, entityTag, coding, Json, Revalidated))
            return;
        if (coding is null)
        {
            await write(piece => response.WriteAsync(piece, response.Gone));
        }
        else
        {
            await using var encoder = ContentCodings.Encode(new ResponseStream(response), coding);
            await write(piece => encoder.WriteAsync(piece, response.Gone));
        }

        await response.FlushAsync(response.Gone);
    }

    /// <summary>
    /// What may be served from a cache unasked, as long as it is no older than that. No shared cache may keep what a key opened.
    /// </summary>
    public static Task CacheableAsync(HttpContext context, ReadOnlyMemory<byte> content, string mediaType, TimeSpan maxAge) =>
        WriteAsync(
            context, content, EntityTags.Of(content.Span), mediaType, FormattableString.Invariant($"max-age={(long)maxAge.TotalSeconds}"));

    /// <summary>A file of the page, in one of its forms, which were encoded when it was built.</summary>
    public static Task FileAsync(HttpContext context, PageFile file, Encoded form)
    {
        var follows = Begin(context, form.EntityTag, form.Encoding, file.MediaType, file.Caching);
        if (context.Response.StatusCode != StatusCodes.Status304NotModified)
            context.Response.ContentLength = form.Content.Length;
        return follows ? SendAsync(context, form.Content) : Task.CompletedTask;
    }

    /// <summary>Copies what is there for all, and for good, to the connection, a piece at a time.</summary>
    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        using var response = Open(context);
        await response.WriteAsync(content, response.Gone);
        await response.FlushAsync(response.Gone);
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content, string entityTag, string mediaType, string caching)
    {
        if (content.Length > ResponseWriter.PieceBytes)
            return LongAsync(context, [content], content.Length, entityTag, mediaType, caching);
        var coding = ContentCodings.For(context.Request, content.Length);
        if (!Begin(context, content.Length, entityTag, coding, mediaType, caching))
            return Task.CompletedTask;
        return coding is null
            ? context.Response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask()
            : EncodeAsync(context, [content], coding);
    }

    /// <summary>What is held for this response alone, or would be once it is out of date, while the client takes it.</summary>
    private static async Task LongAsync(
        HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> slices, long length, string entityTag, string mediaType, string caching)
    {
        using var response = Open(context);
        var coding = ContentCodings.For(context.Request, length);
        if (NeedsBody(context, EntityTags.In(coding, entityTag)))
        {
            // Before anything is said of the response: there may be no room for it.
            await response.HoldAsync(length);
            coding = ContentCodings.WithRoom(context.Request, coding, response);
        }

        if (!Begin(context, length, entityTag, coding, mediaType, caching))
            return;
        if (coding is null)
        {
            foreach (var slice in slices)
                await response.WriteAsync(slice, response.Gone);
        }
        else
        {
            await using var encoder = ContentCodings.Encode(new ResponseStream(response), coding);
            foreach (var slice in slices)
                await encoder.WriteAsync(slice, response.Gone);
        }

        await response.FlushAsync(response.Gone);
    }

    private static ResponseWriter Open(HttpContext context) => context.RequestServices.GetRequiredService<ResponseMemory>().Open(context);

    /// <summary>Whether <see cref="Begin(HttpContext, string, string?, string, string)"/> will say that a body follows.</summary>
    private static bool NeedsBody(HttpContext context, string entityTag) =>
        !HttpMethods.IsHead(context.Request.Method) && !EntityTags.Match(context.Request.Headers.IfNoneMatch, entityTag);

    /// <summary>A short body: it fits into the connection's own memory, so that its encoder does not wait for the client.</summary>
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
