namespace RepoPulse.Kafka;

/// <summary>
/// What is known of a feed's repository by polling: what is known to be complete, its state, its names. For the process that serves it.
/// </summary>
internal sealed record CoverageRecord
{
    public required string Feed { get; init; }

    /// <summary>As in <see cref="CursorRecord"/>.</summary>
    public string? Origin { get; init; }

    public long RepositoryId { get; init; }

    public int State { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>When the feed was last read without conditions.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The names under which polls saw the repository.</summary>
    public IReadOnlyList<NameRecord> Names { get; init; } = [];

    /// <summary>What the sweeps prove; archives that were imported over its gaps are not in it.</summary>
    public IReadOnlyList<IntervalRecord> Intervals { get; init; } = [];

    /// <exception cref="InvalidDataException">No collector writes such a record.</exception>
    public CoverageRecord Checked()
    {
        RecordCheck.Require(RepositoryId >= 0, nameof(RepositoryId));
        RecordCheck.Require(Enum.IsDefined((RepositoryState)State), nameof(State));
        RecordCheck.Time(LastPolledAt, nameof(LastPolledAt));
        RecordCheck.Time(NextPollAt, nameof(NextPollAt));
        RecordCheck.Time(ConfirmedAt, nameof(ConfirmedAt));
        RecordCheck.Require(
            Names is not null && Names.All(name => name is not null && RepositoryName.TryParse(name.Name, out _)), nameof(Names));
        foreach (var name in Names!)
            RecordCheck.Time(name.LastSeenAt, nameof(Names));
        RecordCheck.Require(Intervals is not null
            && Intervals.All(interval => interval is not null && Enum.IsDefined((CoverageState)interval.State)), nameof(Intervals));
        foreach (var interval in Intervals!)
            RecordCheck.Time(interval.To, nameof(Intervals));
        _ = ToLedger();
        return this;
    }

    public CoverageLedger ToLedger() => CoverageLedger.FromIntervals(
        [.. Intervals.Select(interval =>
            new CoverageInterval(interval.From, interval.To, (CoverageState)interval.State, interval.Reason))]);

    public IEnumerable<NameObservation> ToObservations() =>
        Names.Select(seen => new NameObservation(RepositoryName.Parse(seen.Name), seen.LastSeenAt));
}

internal sealed record IntervalRecord(DateTimeOffset From, DateTimeOffset To, int State, string? Reason);

/// <summary>A name that a repository had, and when it was last seen with it.</summary>
internal sealed record NameRecord(string Name, DateTimeOffset LastSeenAt);

/// <summary>That an archive was imported: of all repositories, or of those named.</summary>
internal sealed record ArchiveRecord(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<long>? Repositories)
{
    /// <summary>What part of what happened it can hold at most; left out where that is not known.</summary>
    public double? CapturedAtMost { get; init; }

    /// <exception cref="InvalidDataException">No import writes such a record.</exception>
    public ArchiveRecord Checked()
    {
        RecordCheck.Time(From, nameof(From));
        RecordCheck.Time(To, nameof(To));
        RecordCheck.Require(From < To, nameof(To));
        RecordCheck.Require(CapturedAtMost is not (< 0 or > 1 or double.NaN), nameof(CapturedAtMost));
        return this;
    }

    public bool IsOf(RepositoryId repository) =>
        Repositories is null || (repository != RepositoryId.None && Repositories.Contains(repository.Value));
}
