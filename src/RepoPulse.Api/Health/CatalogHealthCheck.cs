using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Health;

/// <summary>Healthy once the catalog has been read whole, while it can be followed.</summary>
internal sealed class CatalogHealthCheck(CatalogStatus catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = catalog.Current;
        return Task.FromResult(
            current.Failure is not null ? Outage.Describe("The catalog of repositories", "names and coverage", current.InStepAt)
            : catalog.Read ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The catalog of repositories has not been read yet."));
    }
}
