using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Http;

/// <summary>Turns whatever fails further in, and every bare error status, into problem details.</summary>
internal sealed partial class ProblemBoundary(Staleness staleness, ILogger<ProblemBoundary> logger)
{
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
                await Problems.WriteAsync(context, context.Response.StatusCode, Describe(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to tell.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, e.StatusCode, e.Message);
        }
        catch (StorageException e) when (!context.Response.HasStarted)
        {
            // The message names servers and files: it is for the operator's log, not for clients. Where the log has been told already that the
            // store is lost, it is not told again with every request.
            Log.StorageFailed(logger, staleness.Since is null ? LogLevel.Warning : LogLevel.Debug, context.Request.Path, e);
            await Problems.UnavailableAsync(context, StorageRetry, "The store cannot be read now. The same request may succeed later.");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Log.Failed(logger, context.Request.Path, e);
            await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, "The server failed to answer; its log says why.");
        }
    }

    private static string Describe(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at '{context.Request.Path}'.",
        StatusCodes.Status405MethodNotAllowed =>
            $"'{context.Request.Method}' is not allowed at '{context.Request.Path}'; {context.Response.Headers.Allow} is.",
        _ => $"The request to '{context.Request.Path}' was refused.",
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The store failed while {Path} was asked for")]
        public static partial void StorageFailed(ILogger logger, LogLevel level, PathString path, Exception exception);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The answer to {Path} failed")]
        public static partial void Failed(ILogger logger, PathString path, Exception exception);
    }
}
