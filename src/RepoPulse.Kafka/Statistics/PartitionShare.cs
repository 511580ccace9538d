namespace RepoPulse.Kafka.Statistics;

/// <summary>What a process has of the partitions, for its health. Written by the loop of its service; read from anywhere.</summary>
internal sealed class PartitionShare
{
    private volatile Snapshot _current = new(IsKnown: false, 0, 0, Failure: null);

    public Snapshot Current => _current;

    public void Set(bool isKnown, int assigned, int inStep, string? failure) => _current = new Snapshot(isKnown, assigned, inStep, failure);

    /// <param name="IsKnown">Whether the group has told yet what this process has.</param>
    /// <param name="InStep">Of those assigned the ones that are read to their end, or were once.</param>
    public sealed record Snapshot(bool IsKnown, int Assigned, int InStep, string? Failure);
}
