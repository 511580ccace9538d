using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Collector;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Roles;

/// <summary>
/// Unhealthy while nothing can be stored or asked; degraded while limits make the collector wait. No repository is named: health is open to all.
/// </summary>
internal sealed class CollectorHealthCheck(CollectorStatus collector, TokenPool tokens) : IHealthCheck
{
    private const string Seconds = "yyyy-MM-ddTHH:mm:ssZ";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var status = collector.Current;
        if (tokens.IsExhausted)
            return HealthCheckResult.Unhealthy("GitHub refused every token: set GitHub:Tokens anew.");
        if (status.Failure is { } failure)
            return HealthCheckResult.Unhealthy(failure);
        if (status.Feeds is null)
            return HealthCheckResult.Unhealthy("The list of feeds has not been read yet.");
        var blocked = tokens.Tokens.Where(token => token.Account.BlockedUntil is not null).ToArray();
        var refused = tokens.Tokens.Count(token => token.IsRefused);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{status.Feeds} feeds watched; last poll {(status.LastPollAt is { } at ? at.ToString(Seconds, CultureInfo.InvariantCulture) : "none yet")}");
        return (blocked.Length, refused) switch
        {
            (0, 0) => HealthCheckResult.Healthy(detail),
            (0, _) => HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{detail}; {refused} tokens refused by GitHub")),
            _ => HealthCheckResult.Degraded(string.Create(
                CultureInfo.InvariantCulture,
                $"{detail}; {blocked.Length} of {tokens.Tokens.Count} tokens wait for a limit of GitHub's, until {blocked.Max(token => token.Account.BlockedUntil):yyyy-MM-ddTHH:mm:ssZ} at the latest")),
        };
    }
}
