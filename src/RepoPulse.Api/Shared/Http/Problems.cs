using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace RepoPulse.Api;

/// <summary>
/// Writes RFC 9457 problem details. The type is always <c>about:blank</c>: the status says it all, and the detail says it to people.
/// </summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    public static Task NoSuchRepositoryAsync(HttpContext context, string owner, string name) =>
        WriteAsync(context, StatusCodes.Status404NotFound, $"No repository '{owner}/{name}' is known here.");

    public static Task WrongParametersAsync(HttpContext context, IReadOnlyList<ParameterError> faults) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, string.Join(' ', faults.Select(fault => fault.Message)), faults);

    public static Task NoHistoryAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status501NotImplemented,
        "This server keeps no history of events, only statistics. Set Storage:ConnectionString to a database that holds it.");

    public static Task UnavailableAsync(HttpContext context, TimeSpan retryAfter, string detail) =>
        LaterAsync(context, StatusCodes.Status503ServiceUnavailable, retryAfter, detail);

    public static Task TooManyAsync(HttpContext context, TimeSpan retryAfter, string detail) =>
        LaterAsync(context, StatusCodes.Status429TooManyRequests, retryAfter, detail);

    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyList<ParameterError>? faults = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Replies.ForPeople))
            Write(json, status, detail, faults ?? []);

        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = buffer.WrittenCount;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static Task LaterAsync(HttpContext context, int status, TimeSpan retryAfter, string detail)
    {
        context.Response.Headers.RetryAfter = ((long)retryAfter.TotalSeconds).ToString(null as IFormatProvider);
        return WriteAsync(context, status, detail);
    }

    private static void Write(Utf8JsonWriter json, int status, string detail, IReadOnlyList<ParameterError> faults)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        if (faults.Count > 0)
        {
            json.WriteStartObject("errors");
            foreach (var parameter in faults.GroupBy(fault => fault.Parameter, StringComparer.Ordinal))
            {
                json.WriteStartArray(parameter.Key);
                foreach (var fault in parameter)
                    json.WriteStringValue(fault.Message);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
