namespace RepoPulse.Events;

/// <summary>What one sweep of a feed proves.</summary>
public readonly record struct SweepProof
{
    /// <summary>Every event shown since then is held: the oldest event of a full feed, or the feed's retention before now where it was not full.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the sweep began: an event that entered the feed later may not be in it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Whether the sweep overlaps the one before it without doubt, so that nothing can have passed between the two.</summary>
    public required bool Contiguous { get; init; }

    /// <summary>Why not, in a few words for people; null where <see cref="Contiguous"/>.</summary>
    public string? GapReason { get; init; }
}
