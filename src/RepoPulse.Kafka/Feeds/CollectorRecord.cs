namespace RepoPulse.Kafka.Feeds;

/// <summary>Which tokens a collector uses, none of which can be told from it, and until when GitHub makes them wait.</summary>
internal sealed record CollectorRecord(IReadOnlyList<TokenRecord> Tokens);
