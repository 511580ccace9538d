namespace RepoPulse.Kafka.Statistics;

/// <summary>What a process has of the partitions, for its health. Written by its service alone; read from anywhere.</summary>
internal sealed class PartitionShare
{
    private volatile Snapshot _current = new(0, 0, "The brokers have not been reached yet.");

    public Snapshot Current => _current;

    public void Set(int assigned, int inStep, string? failure) => _current = new Snapshot(assigned, inStep, failure);

    /// <param name="InStep">Of those assigned the ones that are read to their end, or were once.</param>
    public sealed record Snapshot(int Assigned, int InStep, string? Failure);
}
