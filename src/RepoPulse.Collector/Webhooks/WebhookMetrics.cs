using System.Diagnostics.Metrics;

namespace RepoPulse.Collector.Webhooks;

/// <summary>What is counted of webhooks, besides what the intake counts of their events. No label names a repository.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _deliveries;

    public WebhookMetrics(IMeterFactory meters, BodyMemoryBudget budget)
    {
        var meter = meters.Create(CollectorMetrics.MeterName);
        _deliveries = meter.CreateCounter<long>(
            "repopulse.collector.webhooks",
            "{delivery}",
            "Deliveries of webhooks, by outcome; wrong_signature are those that were not GitHub's, or bore another secret");
        meter.CreateObservableUpDownCounter(
            "repopulse.collector.webhooks.held", () => budget.HeldBytes, "By", "Memory that the bodies of webhooks under way hold.");
    }

    public void RecordOutcome(WebhookOutcome outcome) => _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        WebhookOutcome.Stored => "stored",
        WebhookOutcome.Held => "held",
        WebhookOutcome.Outdated => "outdated",
        WebhookOutcome.NoEvent => "no_event",
        WebhookOutcome.Ping => "ping",
        WebhookOutcome.WrongSignature => "wrong_signature",
        WebhookOutcome.TooLarge => "too_large",
        WebhookOutcome.Busy => "busy",
        WebhookOutcome.TimedOut => "timed_out",
        WebhookOutcome.Aborted => "aborted",
        WebhookOutcome.UnsupportedMediaType => "unsupported_media_type",
        WebhookOutcome.Malformed => "malformed",
        _ => "store_failed",
    }));
}
