using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// Responds to a delivery: 202 once what it brought is durable. Whether it is GitHub's is judged before anything else, so that a sender
/// that does not know the secret learns nothing but that.
/// </summary>
internal sealed partial class WebhookEndpoint(
    WebhookReceiver receiver, WebhookIntake intake, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookEndpoint> logger)
{
    /// <summary>GitHub does not come back by itself; this is for those who deliver again by a program.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly OncePerMinute _refusals = new(time);

    public async Task HandleAsync(HttpContext context)
    {
        WebhookResponse answer;
        try
        {
            answer = await RespondAsync(context.Request, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The sender is gone, and there is nobody to respond to.
            metrics.RecordOutcome(WebhookOutcome.Aborted);
            return;
        }
        catch (BadHttpRequestException e)
        {
            // The server's own limits, such as the least rate of a body, and bodies that break HTTP.
            answer = new(e.StatusCode == StatusCodes.Status408RequestTimeout ? WebhookOutcome.TimedOut : WebhookOutcome.Aborted, e.Message);
        }

        metrics.RecordOutcome(answer.Outcome);
        LogOutcome(answer);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = Retry.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (answer.Detail is { } detail)
            await WebhookProblem.WriteAsync(context.Response, answer.Status, detail, CancellationToken.None);
    }

    private async ValueTask<WebhookResponse> RespondAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!WebhookSignature.TryRead(request.Headers[WebhookSignature.HeaderName], out var signature))
        {
            return new(
                WebhookOutcome.WrongSignature,
                $"The header {WebhookSignature.HeaderName} is needed, with 'sha256=' and 64 hexadecimal digits: give the hook this " +
                "server's Webhooks:Secret.");
        }

        var (received, body, refusal) = await receiver.ReceiveAsync(request, signature, cancellationToken);
        using (received)
            return received is null ? refusal : await AcceptAsync(request, body, cancellationToken);
    }

    private async ValueTask<WebhookResponse> AcceptAsync(
        HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!WebhookBody.IsSupported(request.ContentType, out var isForm))
        {
            return new(
                WebhookOutcome.UnsupportedMediaType,
                $"The content type '{request.ContentType}' is none of a webhook: application/json or application/x-www-form-urlencoded is.");
        }

        if (request.Headers["X-GitHub-Event"] is not [{ Length: > 0 } eventName])
            return WebhookResponse.Malformed("The header X-GitHub-Event is needed, with the event's name.");
        if (request.Headers["X-GitHub-Delivery"] is not [{ } given] || !DeliveryId.TryParse(given, out var delivery))
            return WebhookResponse.Malformed("The header X-GitHub-Delivery is needed, with the delivery's id.");
        var json = isForm ? await WebhookBody.ReadFormAsync(body, cancellationToken) : body;
        return json is { } payload
            ? await intake.AcceptAsync(eventName, delivery, payload, cancellationToken)
            : WebhookResponse.Malformed("The form has no single field 'payload'.");
    }

    private void LogOutcome(in WebhookResponse answer)
    {
        if (answer.Detail is not { } detail || answer.Outcome == WebhookOutcome.StoreFailed)
            return; // All is well, or reported already with its cause.

        // A caller that does not know the secret can cause these, and must not be able to fill the disk.
        if (answer.Outcome is WebhookOutcome.UnsupportedMediaType or WebhookOutcome.Malformed)
            LogRefused(answer.Status, detail);
        else if (_refusals.TryPass(out var suppressed))
            LogUnproven(answer.Status, detail, suppressed);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "A webhook was answered with {Status}: {Detail} ({Suppressed} more since the last such message)")]
    private partial void LogUnproven(int status, string detail, int suppressed);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "A webhook was answered with {Status}: {Detail}")]
    private partial void LogRefused(int status, string detail);
}
