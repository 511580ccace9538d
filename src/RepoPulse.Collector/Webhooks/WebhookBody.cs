using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Collector.Webhooks;

/// <summary>The body of a delivery: first as it was sent, since that is what is signed, then the JSON in it.</summary>
internal static class WebhookBody
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The whole body; null where it is larger than allowed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            return null;
        // The server's own limit is another one. Ours is kept below, where exceeding it has an answer.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        // Grows with what comes, not with what a header promises: nobody has shown yet that he knows the secret.
        var body = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var fits = body.WrittenCount + read.Buffer.Length <= maxBytes;
            foreach (var segment in fits ? read.Buffer : default)
                body.Write(segment.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits)
                return null;
            if (read.IsCompleted)
                return body.WrittenMemory;
        }
    }

    public static bool IsSupported(string? contentType, out bool isForm)
    {
        var known = MediaTypeHeaderValue.TryParse(contentType, out var type);
        isForm = known && type!.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase);
        return isForm || (known && type!.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The JSON in a form's field <c>payload</c>; null where there is none, or the body is no form.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadFormAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        using var reader = new FormReader(stream) { ValueLengthLimit = body.Length + 1 };
        try
        {
            var form = await reader.ReadFormAsync(cancellationToken).ConfigureAwait(false);
            return form.TryGetValue("payload", out var payload) && payload is [{ } json] ? Encoding.UTF8.GetBytes(json) : null;
        }
        catch (InvalidDataException)
        {
            return null; // More fields, or longer names, than anyone sends who means well.
        }
    }
}
