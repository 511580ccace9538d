using RepoPulse.Api;
using RepoPulse.Collector;
using RepoPulse.Collector.Webhooks;
using RepoPulse.Configuration;
using RepoPulse.Dashboard;
using RepoPulse.GitHub;
using RepoPulse.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.Hosting;

/// <summary>Which modules each role needs, over either event log.</summary>
internal static class RoleModules
{
    public static IServiceCollection AddRole(this IServiceCollection services, RepoPulseSettings settings, Role role)
    {
        services.AddHealthChecks();
        return settings.IsKafka ? services.AddKafkaRole(settings, role) : services.AddSqlRole(settings, role);
    }

    /// <summary>Adds what an import writes to.</summary>
    public static IServiceCollection AddEventLog(this IServiceCollection services, RepoPulseSettings settings) => settings.IsKafka
        ? services.AddKafka(settings.Kafka).AddKafkaCollector()
        : services.AddStorage(settings);

    /// <summary>Adds every store that the configuration names, to be tried.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services, RepoPulseSettings settings)
    {
        if (!settings.IsKafka)
            return services.AddStorage(settings);
        services.AddKafka(settings.Kafka);
        return services.AddAskedHistory(settings);
    }

    private static IServiceCollection AddSqlRole(this IServiceCollection services, RepoPulseSettings settings, Role role)
    {
        services.AddStorage(settings);
        if (role.HasFlag(Role.Collect))
        {
            services.AddCollecting(settings, besideApi: role.HasFlag(Role.Serve))
                .AddRetention(new(settings.Collector.RetentionPeriod))
                .AddEvidence();
        }

        if (role.HasFlag(Role.Serve))
            services.AddAggregator(settings.Statistics).AddApi(settings.Api).AddDashboard();
        return services;
    }

    private static IServiceCollection AddKafkaRole(this IServiceCollection services, RepoPulseSettings settings, Role role)
    {
        services.AddKafka(settings.Kafka);
        return role switch
        {
            Role.Collect => services.AddKafkaCollector().AddCollecting(settings, besideApi: false),
            Role.Aggregate => services.AddKafkaAggregator(
                settings.Statistics,
                new EvidenceOptions(
                    settings.Collector.Evidence != EvidenceMode.Off, settings.Collector.Evidence == EvidenceMode.Declare)),
            Role.Archive => services.AddStorage(settings).AddKafkaArchiver().AddRetention(new(settings.Collector.RetentionPeriod)),
            _ => services.AddAskedHistory(settings)
                .AddKafkaStatistics(settings.Statistics)
                .AddApi(settings.Api)
                .AddDashboard(),
        };
    }

    private static IServiceCollection AddCollecting(this IServiceCollection services, RepoPulseSettings settings, bool besideApi)
    {
        services.AddGitHub(settings.GitHub);
        services.AddCollector(settings.Collector);
        services.AddHealthChecks().AddTypeActivatedCheck<CollectorHealthCheck>("collector", besideApi);
        if (settings.HasWebhooks)
            services.AddWebhooks(settings.Webhooks);
        return services;
    }

    /// <summary>History is served where an archive is named; the default's database would be an empty one.</summary>
    private static IServiceCollection AddAskedHistory(this IServiceCollection services, RepoPulseSettings settings)
        => settings.Storage.IsSet ? services.AddHistory(settings) : services;
}

/// <summary>What a process does of the whole.</summary>
[Flags]
internal enum Role
{
    None = 0,

    /// <summary>Polling, webhooks and, over SQL, retention.</summary>
    Collect = 1,

    /// <summary>The API; over SQL aggregation in the background too.</summary>
    Serve = 2,

    /// <summary>Aggregation alone, over Kafka.</summary>
    Aggregate = 4,

    /// <summary>Copying the log of Kafka into a database, and retention there.</summary>
    Archive = 8,

    /// <summary>Everything in one process, over SQL.</summary>
    Run = Collect | Serve,
}
