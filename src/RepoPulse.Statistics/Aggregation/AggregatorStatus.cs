namespace RepoPulse.Statistics;

/// <summary>
/// How far an aggregator has come, for health and metrics. Written by the aggregator alone, or by what follows one that runs elsewhere;
/// read from anywhere.
/// </summary>
public sealed class AggregatorStatus
{
    private volatile bool _caughtUp;
    private volatile Snapshot _snapshot = new(LogPosition.Start, 0, 0, 0, null);

    /// <summary>Whether everything that the log held at the start is folded: until then no statistics may be served.</summary>
    public bool CaughtUp => _caughtUp;

    public Snapshot Current => _snapshot;

    public void Set(Snapshot snapshot) => _snapshot = snapshot;

    public void SetCaughtUp() => _caughtUp = true;

    /// <param name="EventsFolded">Events that took a place in a window, since the start.</param>
    /// <param name="Repositories">Repositories with an event in a window.</param>
    /// <param name="Series">Series with an event in their window, those of all types included.</param>
    /// <param name="Failure">What the last attempt to read the log or to publish failed with; null once one succeeded.</param>
    public sealed record Snapshot(LogPosition Position, long EventsFolded, int Repositories, int Series, string? Failure)
    {
        /// <summary>When the statistics last held everything that the log did; null until they do for the first time.</summary>
        public DateTimeOffset? InStepAt { get; init; }
    }
}
