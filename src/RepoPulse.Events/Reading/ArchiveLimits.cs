namespace RepoPulse.Events.Reading;

/// <summary>How much of an archive is held in memory. All in bytes; made small by tests.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>A line longer than this is malformed: several times what GitHub lets an event be.</summary>
    public int Line { get; init; } = 64 << 20;

    /// <summary>What is decompressed at a time; a block grows to hold a longer line.</summary>
    public int Block { get; init; } = 512 << 10;

    /// <summary>A batch ends once the blocks it lies in exceed this.</summary>
    public int Batch { get; init; } = 16 << 20;
}
