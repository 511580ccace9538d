using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPulse.Api.Health;

namespace RepoPulse.Api;

/// <summary>Turns whatever fails further in, and every bare error status, into problem details.</summary>
internal sealed partial class ProblemBoundary(StaleAgeMiddleware staleness, ILogger<ProblemBoundary> logger)
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
        catch (OperationCanceledException e) when (context.RequestAborted.IsCancellationRequested
            || e.CancellationToken == context.RequestAborted)
        {
            // The client is gone: nobody is left to respond to.
        }
        catch (OverloadedException e) when (!context.Response.HasStarted)
        {
            await Problems.UnavailableAsync(context, e.RetryAfter, e.Message);
        }
        catch (Exception e) when (e is OverloadedException or StorageException && context.Response.HasStarted)
        {
            // In the middle of a body that is read from the store as it is sent: the client must not take what it has for the whole.
            LogBrokenOff(context.Request.Path, e);
            context.Abort();
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, e.StatusCode, e.Message);
        }
        catch (StorageException e) when (!context.Response.HasStarted)
        {
            // The message names servers and files: it is for the operator's log, not for clients. Where it has been logged already that the
            // store is lost, it is not logged again with every request.
            LogStorageFailed(staleness.Since is null ? LogLevel.Warning : LogLevel.Debug, context.Request.Path, e);
            await Problems.UnavailableAsync(context, StorageRetry, "The store cannot be read now. The same request may succeed later.");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(context.Request.Path, e);
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

    [LoggerMessage(EventId = 1, Message = "The store failed while {Path} was asked for")]
    private partial void LogStorageFailed(LogLevel level, PathString path, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "The response to {Path} was broken off")]
    private partial void LogBrokenOff(PathString path, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The answer to {Path} failed")]
    private partial void LogFailed(PathString path, Exception exception);
}
