namespace RepoPulse.Collector.Polling;

/// <summary>How far down a reading of a feed came.</summary>
internal enum SweepExtent
{
    /// <summary>Broken off where nothing is proven: what came is stored, the cursor stays.</summary>
    Broken,

    /// <summary>Down to events that are known without doubt. Events that came late may lie below.</summary>
    Overlapping,

    /// <summary>Below anything that can have entered since the last complete sweep but one.</summary>
    Complete,

    /// <summary>To the feed's end: complete, and more.</summary>
    Whole,
}
