namespace RepoPulse.Kafka.Statistics;

/// <summary>
/// How far the events of a partition are folded into what stands in the topic of statistics before it. An aggregator writes it every few seconds,
/// so that silence is told from standstill; its key is <see cref="Key"/>.
/// </summary>
/// <param name="AsOf">When the partition's end was last reached.</param>
/// <param name="Offset">The next event that is not folded yet.</param>
/// <param name="WindowSeconds">The window that the figures are of.</param>
/// <param name="WindowEvents">The window that the figures are of.</param>
internal sealed record ProgressRecord(DateTimeOffset AsOf, long Offset, double WindowSeconds, int WindowEvents)
{
    public static ReadOnlySpan<byte> Key => "progress"u8;
}
