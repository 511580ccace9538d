using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace RepoPulse.Collector.Webhooks;

/// <summary>The JSON in the body of a delivery.</summary>
internal static class WebhookBody
{
    private const string Form = "application/x-www-form-urlencoded";

    public static bool IsSupported(string? contentType, out bool isForm)
    {
        var known = MediaTypeHeaderValue.TryParse(contentType, out var type);
        isForm = known && type!.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase);
        return isForm || (known && type!.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The JSON in a form's field <c>payload</c>; null where there is none, or the body is no form.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadFormAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using var reader = new FormReader(stream) { ValueLengthLimit = body.Length + 1 };
        try
        {
            var form = await reader.ReadFormAsync(cancellationToken);
            return form.TryGetValue("payload", out var payload) && payload is [{ } json] ? Encoding.UTF8.GetBytes(json) : null;
        }
        catch (InvalidDataException)
        {
            return null; // More fields, or longer names, than anyone sends who means well.
        }
    }
}
