using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>
/// What the log says about a repository: its names, its newest event and its statistics. Its key is the repository's id, as that of its
/// events, and so it stands in the partition of the same number.
/// </summary>
internal sealed record StatisticsRecord
{
    public long RepositoryId { get; init; }

    /// <summary>The names that its events had.</summary>
    public IReadOnlyList<NameRecord> Names { get; init; } = [];

    /// <summary>Its newest event, however old.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When an event last said that it is private; left out where it is public.</summary>
    public DateTimeOffset? PrivateAt { get; init; }

    /// <summary>What its events say of each other; left out where that is not looked at.</summary>
    public EvidenceRecord? Evidence { get; init; }

    /// <summary>The moment for which the statistics hold.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Until when they hold if no event arrives; for ever where it is left out.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Left out where no event is in the window.</summary>
    public SeriesRecord? Total { get; init; }

    public IReadOnlyList<SeriesRecord>? ByEventType { get; init; }

    public static StatisticsRecord Of(RepositoryFacts facts)
    {
        var snapshot = facts.Snapshot;
        return new StatisticsRecord
        {
            RepositoryId = facts.Id.Value,
            Names = [.. facts.Names.Select(seen => new NameRecord(seen.Name.FullName, seen.LastSeenAt))],
            LastEventAt = facts.LastEventAt,
            PrivateAt = facts.PrivateAt,
            Evidence = facts.Evidence?.Report is { } report ? EvidenceRecord.Of(report) : null,
            AsOf = snapshot?.AsOf ?? default,
            ValidUntil = snapshot?.ValidUntil,
            Total = snapshot is { Total.Events: > 0 } ? SeriesRecord.Of(snapshot.Total) : null,
            ByEventType = snapshot is { ByEventType.Count: > 0 } ? [.. snapshot.ByEventType.Select(SeriesRecord.Of)] : null,
        };
    }

    /// <exception cref="InvalidDataException">The record is not one that an aggregator writes.</exception>
    /// <exception cref="FormatException">An event type is none.</exception>
    public RepositorySnapshot ToSnapshot()
    {
        Check();
        return new RepositorySnapshot
        {
            RepositoryId = new RepositoryId(RepositoryId),
            AsOf = AsOf,
            ValidUntil = ValidUntil,
            Total = Total?.ToSnapshot() ?? new SeriesSnapshot { EventType = EventType.All, Events = 0, Capped = false },
            ByEventType = ByEventType is null ? [] : [.. ByEventType.Select(series => series.ToSnapshot())],
        };
    }

    private void Check()
    {
        RecordCheck.Require(RepositoryId > 0, nameof(RepositoryId));
        RecordCheck.Require(
            Names is not null && Names.All(name => name is not null && RepositoryName.TryParse(name.Name, out _)), nameof(Names));
        foreach (var name in Names!)
            RecordCheck.Time(name.LastSeenAt, nameof(Names));
        RecordCheck.Time(LastEventAt, nameof(LastEventAt));
        RecordCheck.Time(AsOf == default ? null : AsOf, nameof(AsOf));
        RecordCheck.Time(ValidUntil, nameof(ValidUntil));
        RecordCheck.Require(ByEventType is null || ByEventType.All(series => series is not null), nameof(ByEventType));
    }
}

/// <summary>
/// How far the events of a partition are folded into what stands in the topic of statistics before it. An aggregator writes it every few
/// seconds, so that silence can be distinguished from a standstill; its key is <see cref="Key"/>.
/// </summary>
/// <param name="AsOf">When the partition's end was last reached.</param>
/// <param name="Offset">The next event that is not folded yet.</param>
/// <param name="WindowSeconds">The window that the statistics are of.</param>
/// <param name="WindowEvents">The window that the statistics are of.</param>
internal sealed record ProgressRecord(DateTimeOffset AsOf, long Offset, double WindowSeconds, int WindowEvents)
{
    public static ReadOnlySpan<byte> Key => "progress"u8;

    /// <exception cref="InvalidDataException">No aggregator writes such a record.</exception>
    public ProgressRecord Checked() => EventTimeRange.Contains(AsOf) && Offset >= 0
        ? this
        : throw new InvalidDataException($"A partition's progress of {AsOf:O} at offset {Offset} is none.");
}
