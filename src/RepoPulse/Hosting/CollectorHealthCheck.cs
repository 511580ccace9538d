using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Collector;
using RepoPulse.GitHub;

namespace RepoPulse.Hosting;

/// <summary>
/// Unhealthy while nothing can be stored or asked; degraded while limits make the collector wait. Health is open to all: no repository is
/// named, and what a store or a poll failed with is for the log, since it may name repositories, files and servers.
/// </summary>
/// <param name="besideApi">Whether an API is served at the same address: then nothing is counted or dated that a hidden repository has a
/// part in.</param>
internal sealed class CollectorHealthCheck(CollectorStatus collector, TokenPool tokens, bool besideApi) : IHealthCheck
{
    private const string Seconds = "yyyy-MM-ddTHH:mm:ssZ";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var status = collector.Current;
        if (tokens.Condition == TokenPoolState.Exhausted)
            return HealthCheckResult.Unhealthy("GitHub refused every token: set GitHub:Tokens or GitHub:App again, and restart.");
        if (status.Failure is not null)
            return HealthCheckResult.Unhealthy(
                "The store cannot be read or written, or a poll failed otherwise. This server's log says why.");
        if (status.Feeds is null)
            return HealthCheckResult.Unhealthy("The list of feeds has not been read yet.");
        var detail = besideApi
            ? "Feeds are watched"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Feeds} feeds watched; last poll " +
                $"{(status.LastPollAt is { } at ? at.ToString(Seconds, CultureInfo.InvariantCulture) : "none yet")}");
        if (status.Stretch >= 1.05)
        {
            detail += besideApi
                ? "; polled more rarely than wanted, because GitHub's limits do not suffice"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; polled {status.Stretch:F1} times more rarely than wanted, because GitHub's limits do not suffice");
        }

        var troubles = Troubles();
        return troubles.Length == 0 ? HealthCheckResult.Healthy(detail) : HealthCheckResult.Degraded(detail + troubles);
    }

    /// <summary>What keeps some of the tokens, or all for a while, from being used; empty where nothing does.</summary>
    private string Troubles()
    {
        var refused = tokens.Tokens.Count(token => token.IsRefused);
        var outOfUse = refused == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; {refused} of {tokens.Tokens.Count} tokens refused by GitHub");
        var stale = tokens.Tokens.Count(token => token.IsStale);
        if (stale > 0)
            outOfUse += string.Create(
                CultureInfo.InvariantCulture,
                $"; stale answers to {stale} of {tokens.Tokens.Count} tokens, which are asked without conditions");
        if (tokens.WaitsUntil is { } until)
            return string.Create(
                CultureInfo.InvariantCulture, $"{outOfUse}; every token waits for a limit of GitHub's, until {until:yyyy-MM-ddTHH:mm:ssZ}");
        DateTimeOffset[] waits = [.. tokens.Tokens
            .Where(token => !token.IsRefused)
            .Select(token => token.Account.BlockedUntil)
            .OfType<DateTimeOffset>()];
        return waits.Length == 0
            ? outOfUse
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{outOfUse}; {waits.Length} of {tokens.Tokens.Count} tokens wait for a limit of GitHub's, until " +
                $"{waits.Max():yyyy-MM-ddTHH:mm:ssZ} at the latest");
    }
}
