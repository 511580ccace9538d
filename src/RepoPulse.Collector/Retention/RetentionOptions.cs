namespace RepoPulse.Collector.Retention;

/// <param name="RetentionPeriod">Null keeps events for ever.</param>
public sealed record RetentionOptions(TimeSpan? RetentionPeriod);
