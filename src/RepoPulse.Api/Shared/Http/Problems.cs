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
        var json = ContractsJsonContext.Write(
            new()
            {
                Type = "about:blank",
                Title = ReasonPhrases.GetReasonPhrase(status),
                Status = status,
                Detail = detail,
                Errors = faults is { Count: > 0 } ? MessagesOf(faults) : null,
            },
            ContractsJsonContext.Default.Problem);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(json, context.RequestAborted).AsTask();
    }

    private static Task LaterAsync(HttpContext context, int status, TimeSpan retryAfter, string detail)
    {
        context.Response.Headers.RetryAfter = ((long)retryAfter.TotalSeconds).ToString(null as IFormatProvider);
        return WriteAsync(context, status, detail);
    }

    private static Dictionary<string, IReadOnlyList<string>> MessagesOf(IReadOnlyList<ParameterError> faults) => faults
        .GroupBy(fault => fault.Parameter, StringComparer.Ordinal)
        .ToDictionary(
            parameter => parameter.Key, IReadOnlyList<string> (parameter) => [.. parameter.Select(fault => fault.Message)],
            StringComparer.Ordinal);
}
