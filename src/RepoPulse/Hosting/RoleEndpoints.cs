using RepoPulse.Api;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Configuration;
using RepoPulse.Dashboard;

namespace RepoPulse.Hosting;

/// <summary>Where each role listens, and what it serves.</summary>
internal static class RoleEndpoints
{
    public static void MapRole(this WebApplication app, RepoPulseSettings settings, Role role)
    {
        if (role.HasFlag(Role.Serve))
            app.MapApi().MapDashboard();
        else
            app.MapHealthOnly();
        if (!role.HasFlag(Role.Collect))
            return;
        if (settings.Webhooks.Secret is null)
            app.MapNoWebhooks();
        else
            app.MapWebhooks();
    }

    /// <summary>The addresses to listen at, and the key that sets them.</summary>
    public static (IReadOnlyList<string> Urls, string Key) AddressesOf(RepoPulseSettings settings, Role role) => role switch
    {
        Role.Collect => (settings.Collector.Urls, "Collector:Urls"),
        Role.Aggregate => (settings.Aggregator.Urls, "Aggregator:Urls"),
        Role.Archive => (settings.Archiver.Urls, "Archiver:Urls"),
        _ => (settings.Api.Urls, "Api:Urls"),
    };
}
