using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Health;

/// <summary>Healthy once everything that the log held at the start is folded, while the log can be read.</summary>
internal sealed class AggregatorHealthCheck(AggregatorStatus aggregator) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = aggregator.Current;
        return Task.FromResult(
            current.Failure is not null ? Outage.Describe("The event log", "figures", current.InStepAt)
            : aggregator.CaughtUp ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The events held are still being read."));
    }
}
