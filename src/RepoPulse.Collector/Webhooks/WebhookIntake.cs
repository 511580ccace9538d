using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Collector.Webhooks;

/// <summary>Takes a delivery that is GitHub's: makes an event of it where it reports one, and hands it to the log.</summary>
internal sealed partial class WebhookIntake(EventIntake intake, IWebhookInbox inbox, TimeProvider time, ILogger<WebhookIntake> logger)
{
    /// <summary>Less than a reader of events allows, because the event's envelope comes around it.</summary>
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 60 };

    /// <summary>Returns once what the delivery brought is durable.</summary>
    public async ValueTask<WebhookResponse> AcceptAsync(
        string eventName, DeliveryId delivery, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        if (!Utf8.IsValid(payload.Span))
            return WebhookResponse.Malformed("The payload is not UTF-8.");
        MappedWebhook mapped;
        try
        {
            using var document = JsonDocument.Parse(OneLine(payload), Depth);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return WebhookResponse.Malformed("The payload is not a JSON object.");
            mapped = WebhookMapper.Map(eventName, new WebhookPayload(document.RootElement, receivedAt));
        }
        catch (JsonException e)
        {
            return WebhookResponse.Malformed($"The payload is broken JSON: {e.Message}");
        }

        if (mapped.Fault is { } fault)
            return WebhookResponse.Malformed(fault);
        if (mapped.Event is not { } happened)
            return new(eventName == "ping" ? WebhookOutcome.Ping : WebhookOutcome.NoEvent);
        return await StoreAsync(happened, delivery, receivedAt, cancellationToken);
    }

    /// <summary>
    /// Parts of the payload become parts of the event as they are, and an event is one line wherever it is written. GitHub sends one line;
    /// what is between the tokens of others is left out.
    /// </summary>
    private static ReadOnlyMemory<byte> OneLine(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return json;
        var line = new byte[json.Length];
        var length = 0;
        var (inString, escaped) = (false, false);
        foreach (var b in json.Span)
        {
            if (!inString && b is ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r'))
                continue;
            line[length++] = b;
            if (b == '"' && !escaped)
                inString = !inString;
            escaped = inString && b == '\\' && !escaped;
        }

        return line.AsMemory(0, length);
    }

    private async ValueTask<WebhookResponse> StoreAsync(
        GitHubEvent happened, DeliveryId delivery, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        try
        {
            var result = await intake.AcceptAsync(
                [happened],
                EventSource.Webhook,
                (events, cancellation) => inbox.AppendAsync(delivery, receivedAt, events, cancellation),
                cancellationToken);
            LogAccepted(delivery, happened.Key.Id, happened.Type, result);
            return new(result switch
            {
                { Appended: > 0 } => WebhookOutcome.Stored,
                { Outdated: > 0 } => WebhookOutcome.Outdated,
                _ => WebhookOutcome.Held,
            });
        }
        catch (StorageException e)
        {
            // The message names files: it is for the operator's log, not for who sends.
            LogStoreFailed(e, delivery);
            return new(
                WebhookOutcome.StoreFailed,
                "The store cannot be written now. Nothing of this delivery was kept: have GitHub deliver it again.");
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Webhook {Delivery}: {Id} ({Type}), {Result}")]
    private partial void LogAccepted(DeliveryId delivery, Core.EventId id, EventType type, IntakeResult result);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The webhook {Delivery} could not be stored and was answered with 503; have GitHub deliver it again (repository " +
            "settings, Webhooks, Recent Deliveries), which it can for three days")]
    private partial void LogStoreFailed(Exception exception, DeliveryId delivery);
}
