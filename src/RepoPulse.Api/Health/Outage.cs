using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPulse.Api.Health;

/// <summary>
/// What health says of a store that cannot be read. Health is open to all, and the fault itself names files, servers and users: that is for the
/// log. No count is told either, since what is hidden would count in it.
/// </summary>
internal static class Outage
{
    /// <param name="store">What cannot be read, at the start of a sentence.</param>
    /// <param name="served">What is served from memory meanwhile.</param>
    /// <param name="inStepAt">When that was last in step with the store; null where there is nothing to serve yet.</param>
    public static HealthCheckResult Describe(string store, string served, DateTimeOffset? inStepAt) => HealthCheckResult.Unhealthy(inStepAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{store} cannot be read; the {served} served are those of {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}. This server's log says why.")
        : $"{store} cannot be read, and has not been yet. This server's log says why.");
}
