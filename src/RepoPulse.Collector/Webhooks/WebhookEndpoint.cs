using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPulse.Events;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// Answers a delivery: 202 once what it brought is durable. Whether it is GitHub's is judged before anything else, so that whoever does not know
/// the secret learns nothing but that.
/// </summary>
internal sealed partial class WebhookEndpoint(
    WebhookOptions options, WebhookIntake intake, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookEndpoint> logger)
{
    /// <summary>GitHub does not come back by itself; this is for those who deliver again by a program.</summary>
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    private readonly WebhookSignature _signature = new(options.Secret);
    private readonly OncePerMinute _refusals = new(time);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var answer = await AnswerAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            metrics.Answered(answer.Outcome);
            Tell(answer);
            context.Response.StatusCode = answer.Status;
            if (answer.Outcome == WebhookOutcome.StoreFailed)
                context.Response.Headers.RetryAfter = StorageRetry.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            if (answer.Detail is { } detail)
                await WebhookProblem.WriteAsync(context.Response, answer.Status, detail, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender is gone: nobody is left to tell.
        }
    }

    private async ValueTask<WebhookAnswer> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!WebhookSignature.TryRead(request.Headers[WebhookSignature.HeaderName], out var signature))
        {
            return new(
                WebhookOutcome.WrongSignature,
                $"The header {WebhookSignature.HeaderName} is needed, with 'sha256=' and 64 hexadecimal digits: give the hook this server's Webhooks:Secret.");
        }

        if (await WebhookBody.ReadAsync(request, options.MaxBodyBytes, cancellationToken).ConfigureAwait(false) is not { } body)
            return new(WebhookOutcome.TooLarge, $"The body is larger than {options.MaxBodyBytes} bytes, which is more than GitHub sends.");
        if (!_signature.Matches(signature, body.Span))
            return new(WebhookOutcome.WrongSignature, "The signature is not that of this body under this server's Webhooks:Secret.");
        if (!WebhookBody.IsSupported(request.ContentType, out var isForm))
        {
            return new(
                WebhookOutcome.UnsupportedMediaType,
                $"The content type '{request.ContentType}' is none of a webhook: application/json or application/x-www-form-urlencoded is.");
        }

        if (request.Headers["X-GitHub-Event"] is not [{ Length: > 0 } eventName])
            return WebhookAnswer.Malformed("The header X-GitHub-Event is needed, with the event's name.");
        if (request.Headers["X-GitHub-Delivery"] is not [{ } given] || !DeliveryId.TryParse(given, out var delivery))
            return WebhookAnswer.Malformed("The header X-GitHub-Delivery is needed, with the delivery's id.");
        var json = isForm ? await WebhookBody.ReadFormAsync(body, cancellationToken).ConfigureAwait(false) : body;
        return json is { } payload
            ? await intake.AcceptAsync(eventName, delivery, payload, cancellationToken).ConfigureAwait(false)
            : WebhookAnswer.Malformed("The form has no single field 'payload'.");
    }

    private void Tell(in WebhookAnswer answer)
    {
        if (answer.Detail is not { } detail || answer.Outcome == WebhookOutcome.StoreFailed)
            return; // All is well, or told already with its cause.

        // Whoever does not know the secret can cause these, and must not be able to fill the disk.
        if (answer.Outcome is not (WebhookOutcome.WrongSignature or WebhookOutcome.TooLarge))
            LogRefused(answer.Status, detail);
        else if (_refusals.TryPass(out var untold))
            LogUnproven(answer.Status, detail, untold);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook was answered with {Status}: {Detail} ({Untold} more since the last such message)")]
    private partial void LogUnproven(int status, string detail, int untold);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook was answered with {Status}: {Detail}")]
    private partial void LogRefused(int status, string detail);
}
