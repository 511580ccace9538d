namespace RepoPulse.Kafka.Feeds;

/// <summary>What is known of a feed's repository by polling: what can be vouched for, its state, its names. For whoever serves it.</summary>
internal sealed record CoverageRecord
{
    public required string Feed { get; init; }

    /// <summary>As in <see cref="CursorRecord"/>.</summary>
    public string? Origin { get; init; }

    public long RepositoryId { get; init; }

    public int State { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>The names under which polls saw the repository.</summary>
    public IReadOnlyList<NameRecord> Names { get; init; } = [];

    /// <summary>What the sweeps prove; archives that were imported over its gaps are not in it.</summary>
    public IReadOnlyList<IntervalRecord> Intervals { get; init; } = [];

    public CoverageLedger ToLedger() => CoverageLedger.FromIntervals(
        [.. Intervals.Select(interval => new CoverageInterval(interval.From, interval.To, (CoverageState)interval.State, interval.Reason))]);

    public IEnumerable<NameSighting> ToSightings() =>
        Names.Select(seen => new NameSighting(RepositoryName.Parse(seen.Name), seen.LastSeenAt));
}
