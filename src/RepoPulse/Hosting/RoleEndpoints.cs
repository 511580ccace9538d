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
        if (settings.HasWebhooks)
            app.MapWebhooks();
        else
            app.MapNoWebhooks();
    }

    /// <summary>The addresses to listen at, and the key that sets them.</summary>
    public static (IReadOnlyList<string> Urls, string Key) AddressesOf(RepoPulseSettings settings, Role role) => role switch
    {
        Role.Collect => (settings.Urls.Collector, "Collector:Urls"),
        Role.Aggregate => (settings.Urls.Aggregator, "Aggregator:Urls"),
        Role.Archive => (settings.Urls.Archiver, "Archiver:Urls"),
        _ => (settings.Urls.Api, "Api:Urls"),
    };
}
