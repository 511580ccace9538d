namespace RepoPulse.Collector.Webhooks;

/// <summary>What became of a delivery.</summary>
internal enum WebhookOutcome
{
    /// <summary>Its event is in the log.</summary>
    Stored,

    /// <summary>Its event was in the log: it was delivered before, by this hook or another, or polled.</summary>
    Held,

    /// <summary>Its event is older than the retention period.</summary>
    Outdated,

    /// <summary>It tells of nothing that the Events API has an event for.</summary>
    NoEvent,

    /// <summary>GitHub tries the hook.</summary>
    Ping,

    /// <summary>It is not signed with the secret.</summary>
    WrongSignature,

    TooLarge,

    UnsupportedMediaType,

    Malformed,

    /// <summary>The store could not be written.</summary>
    StoreFailed,
}
