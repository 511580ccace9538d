namespace RepoPulse.Collector;

/// <summary>What is collected, how often, and for how long it is kept.</summary>
public sealed record CollectorOptions
{
    /// <summary>The name under which this collector's list is registered.</summary>
    public required string Name { get; init; }

    public IReadOnlyCollection<FeedAddress> Feeds { get; init; } = [];

    public TimeSpan MinPollInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often at least a feed is read without conditions: until then an unchanged response is believed.</summary>
    public TimeSpan ConfirmInterval { get; init; } = TimeSpan.FromDays(1);

    public EvidenceMode Evidence { get; init; } = EvidenceMode.Declare;

    /// <summary>Null keeps events for ever.</summary>
    public TimeSpan? RetentionPeriod { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most feeds polled at once of those that share an account's limits.</summary>
    public int MaxConcurrentPolls { get; init; } = 80;
}

/// <summary>What is done about broken evidence: events that say that another between them is missing.</summary>
public enum EvidenceMode
{
    /// <summary>A gap is declared.</summary>
    Declare,

    /// <summary>It is counted, and coverage stays as it is.</summary>
    Report,

    /// <summary>Nothing is looked for.</summary>
    Off,
}
