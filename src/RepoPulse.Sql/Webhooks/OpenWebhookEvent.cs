namespace RepoPulse.Sql.Webhooks;

/// <summary>A webhook's event that stands in the log itself.</summary>
internal readonly record struct OpenWebhookEvent(long CreatedAt, long EventId, long NaturalKey, long Sequence);
