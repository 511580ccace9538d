using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace RepoPulse.Collector.Webhooks;

/// <summary>What became of a delivery, and where it was not taken, why: for the one who set the hook up, who reads it at GitHub.</summary>
internal readonly record struct WebhookResponse(WebhookOutcome Outcome, string? Detail = null)
{
    public int Status => Outcome switch
    {
        WebhookOutcome.WrongSignature => StatusCodes.Status401Unauthorized,
        WebhookOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
        WebhookOutcome.Busy => StatusCodes.Status503ServiceUnavailable,
        WebhookOutcome.TimedOut => StatusCodes.Status408RequestTimeout,
        WebhookOutcome.Aborted => StatusCodes.Status400BadRequest,
        WebhookOutcome.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        WebhookOutcome.Malformed => StatusCodes.Status400BadRequest,
        WebhookOutcome.StoreFailed => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status202Accepted,
    };

    public static WebhookResponse Malformed(string detail) => new(WebhookOutcome.Malformed, detail);
}

/// <summary>What became of a delivery.</summary>
internal enum WebhookOutcome
{
    /// <summary>Its event is in the log.</summary>
    Stored,

    /// <summary>Its event was in the log: it was delivered before, by this hook or another, or polled.</summary>
    Held,

    /// <summary>Its event is older than the retention period.</summary>
    Outdated,

    /// <summary>It reports nothing for which the Events API has an event.</summary>
    NoEvent,

    /// <summary>GitHub tries the hook.</summary>
    Ping,

    /// <summary>It is not signed with the secret.</summary>
    WrongSignature,

    TooLarge,

    /// <summary>The memory for bodies under way is taken.</summary>
    Busy,

    /// <summary>The body did not arrive in time.</summary>
    TimedOut,

    /// <summary>The sender went away before the response.</summary>
    Aborted,

    UnsupportedMediaType,

    Malformed,

    /// <summary>The store could not be written.</summary>
    StoreFailed,
}

/// <summary>RFC 9457 problem details, as the API writes them.</summary>
internal static class WebhookProblem
{
    private static readonly JsonWriterOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpResponse response, int status, string detail, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, ForPeople))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }

        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.ContentLength = buffer.WrittenCount;
        response.Headers.CacheControl = "no-store";
        await response.BodyWriter.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
