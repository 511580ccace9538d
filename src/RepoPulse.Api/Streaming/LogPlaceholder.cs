namespace RepoPulse.Api.Streaming;

/// <summary>Where one event stands in the log.</summary>
/// <param name="Offset">How far its partition has been read once the event has.</param>
internal readonly record struct LogPlaceholder(int Partition, long Offset)
{
    /// <summary>The place of the event that was read between two positions.</summary>
    public static LogPlaceholder Between(LogPosition before, LogPosition after)
    {
        var partition = 0;
        while (partition < after.Offsets.Length - 1 && before[partition] == after[partition])
            partition++;
        return new(partition, after[partition]);
    }

    public bool IsBefore(LogPosition position) => position[Partition] >= Offset;
}
