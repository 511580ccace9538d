using RepoPulse.Api;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Configuration;

namespace RepoPulse.Roles;

/// <summary>Where each role answers, and what.</summary>
internal static class RoleEndpoints
{
    public static void MapRole(this WebApplication app, RepoPulseSettings settings, Role role)
    {
        if (role.HasFlag(Role.Serve))
            app.MapApi();
        else
            app.MapHealthOnly();
        if (role.HasFlag(Role.Collect) && settings.Webhooks.Secret is not null)
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
