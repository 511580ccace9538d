namespace RepoPulse.Core;

/// <summary>What one sweep of a feed proves.</summary>
public readonly record struct SweepProof
{
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

    /// <summary>To what every store holds, so that the same sweeps prove the same everywhere.</summary>
    public SweepProof ToMicros() => this with
    {
        From = Micros.ToTime(Micros.Floor(From)),
        To = Micros.ToTime(Micros.Floor(To)),
        BelievedUntil = BelievedUntil is { } until ? Micros.ToTime(Micros.Floor(until)) : null,
    };
}
