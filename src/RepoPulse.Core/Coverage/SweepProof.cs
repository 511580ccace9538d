namespace RepoPulse.Core;

/// <summary>What one sweep of a feed proves.</summary>
public readonly record struct SweepProof
{
    public SweepProof()
    {
    }

    /// <summary>
    /// Every event shown since then is held: the oldest event of a full feed, or the feed's retention before now where it was not full.
    /// </summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>
    /// When the sweep began: an event that entered the feed later may not be in it. Nothing that is dated later is believed any more.
    /// </summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Whether the sweep overlaps the one before it without doubt, so that nothing can have passed between the two.</summary>
    public required bool Contiguous { get; init; }

    /// <summary>
    /// Until when the sweep before is believed, so that events may be missing from then on; null where that is the end of what was proven.
    /// Asked for only where not <see cref="Contiguous"/>.
    /// </summary>
    public DateTimeOffset? BelievedUntil { get; init; }

    /// <summary>Why not, in a few words for people; null where <see cref="Contiguous"/>.</summary>
    public string? GapReason { get; init; }

    /// <summary>
    /// Where rows stood that could not be read, so that an event may be missing that GitHub showed: between the rows around them.
    /// </summary>
    public IReadOnlyList<TimeStretch> Unreadable { get; init; } = [];

    /// <summary>
    /// Whether every row since <see cref="From"/> was served and read: where one could not be read before, nothing is missing any more.
    /// </summary>
    public bool ReadsEveryRow { get; init; }

    /// <summary>To what every store holds, so that the same sweeps prove the same everywhere.</summary>
    public SweepProof ToMicros() => this with
    {
        From = Micros.ToTime(Micros.Floor(From)),
        To = Micros.ToTime(Micros.Floor(To)),
        BelievedUntil = BelievedUntil is { } until ? Micros.ToTime(Micros.Floor(until)) : null,
        Unreadable = [.. Unreadable.Select(stretch => stretch.ToMicros())],
    };
}

/// <summary>A stretch of time, from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive).</summary>
public readonly record struct TimeStretch(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>To what every store holds, and not shorter.</summary>
    public TimeStretch ToMicros() => new(Micros.ToTime(Micros.Floor(From)), Micros.ToTime(Micros.Ceiling(To)));
}
