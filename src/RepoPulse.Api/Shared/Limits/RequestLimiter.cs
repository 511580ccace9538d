using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPulse.Api.Metrics;

namespace RepoPulse.Api;

/// <summary>
/// Lets a client make so many requests under <c>/api</c> a minute and no more, and says in every response how it stands, as
/// draft-ietf-httpapi-ratelimit-headers has it. It stands before the keys are judged: guessing one is limited too, and a wrong one makes no
/// new client.
/// </summary>
internal sealed partial class RequestLimiter(
    int limit, ClientIdentity clients, ApiMetrics metrics, TimeProvider time, ILogger<RequestLimiter> logger)
{
    /// <summary>Some 6 MB, where all of them ask within a minute.</summary>
    private const int MaxAddresses = 16_384;

    private readonly ClientWindows _windows = new(limit, MaxAddresses, time);
    private readonly string _policy = string.Create(CultureInfo.InvariantCulture, $"\"minute\";q={limit};w={SlidingWindow.Seconds}");

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ApiPath.Holds(context.Request))
            return next(context);

        var quota = _windows.Take(clients.Of(context));
        var reset = ((long)Math.Ceiling(quota.Reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = _policy;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"minute\";r={quota.Remaining};t={reset}");
        if (quota.Granted)
            return next(context);

        metrics.RequestLimited();
        LogLimited(context.Request.Path, limit);
        headers.RetryAfter = reset;
        return Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests,
            string.Create(
                CultureInfo.InvariantCulture, $"{limit} requests a minute are allowed, and you have made them. Ask again in {reset} s."));
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Debug, Message = "A request for {Path} was refused: its client has made {Limit} within a minute")]
    private partial void LogLimited(PathString path, int limit);
}
