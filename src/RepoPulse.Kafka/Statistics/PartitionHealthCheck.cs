using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPulse.Kafka;

/// <summary>Healthy while the partitions that this process has are read to their end. To have none is healthy: others have them.</summary>
internal sealed class PartitionHealthCheck(PartitionOwnership share) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = share.Current;
        var detail = $"{current.Assigned} partitions assigned, {current.InStep} of them read to their end";
        return Task.FromResult(
            current.Failure is not null ? HealthCheckResult.Unhealthy("Kafka cannot be read or written. This server's log says why.")
            : !current.IsKnown ? HealthCheckResult.Unhealthy("Waiting for the brokers to say which partitions are this process's")
            : current.InStep < current.Assigned ? HealthCheckResult.Unhealthy(detail)
            : HealthCheckResult.Healthy(detail));
    }
}

/// <summary>What a process has of the partitions, for its health. Written by the loop of its service; read from anywhere.</summary>
internal sealed class PartitionOwnership
{
    private volatile Snapshot _current = new(IsKnown: false, 0, 0, Failure: null);

    public Snapshot Current => _current;

    public void Set(bool isKnown, int assigned, int inStep, string? failure) => _current = new Snapshot(isKnown, assigned, inStep, failure);

    /// <param name="IsKnown">Whether the group has said yet what this process has.</param>
    /// <param name="InStep">Of those assigned the ones that are read to their end, or were once.</param>
    public sealed record Snapshot(bool IsKnown, int Assigned, int InStep, string? Failure);
}
