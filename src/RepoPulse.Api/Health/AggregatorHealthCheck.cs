using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Health;

/// <summary>Healthy once everything that the log held at the start is folded, while the log can be read.</summary>
internal sealed class AggregatorHealthCheck(AggregatorStatus aggregator) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = aggregator.Current;
        return Task.FromResult(
            current.Failure is not null ? Outage.Describe("The event log", "statistics", current.InStepAt)
            : aggregator.CaughtUp ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The events held are still being read."));
    }
}

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

/// <summary>
/// What health says of a store that cannot be read. Health is open to all, and the error itself names files, servers and users: that is for
/// the log. No count is shown either, since what is hidden would count in it.
/// </summary>
internal static class Outage
{
    /// <param name="store">What cannot be read, at the start of a sentence.</param>
    /// <param name="served">What is served from memory meanwhile.</param>
    /// <param name="inStepAt">When that was last in step with the store; null where there is nothing to serve yet.</param>
    public static HealthCheckResult Describe(string store, string served, DateTimeOffset? inStepAt) =>
        HealthCheckResult.Unhealthy(inStepAt is { } at
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{store} cannot be read; the {served} served are those of {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}. This server's log says why.")
        : $"{store} cannot be read, and has not been yet. This server's log says why.");
}
