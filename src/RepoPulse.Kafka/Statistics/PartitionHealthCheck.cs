using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPulse.Kafka.Statistics;

/// <summary>Healthy while the partitions that this process has are read to their end. To have none is healthy: others have them.</summary>
internal sealed class PartitionHealthCheck(PartitionShare share) : IHealthCheck
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
