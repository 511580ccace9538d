using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Sql.Postgres;

public static class PostgresServiceCollectionExtensions
{
    /// <summary>
    /// Keeps the event log, the catalog, the watch list and the feeds in a PostgreSQL database, where several collectors share out the
    /// feeds. <see cref="SqlDatabase.OpenAsync"/> says whether it can be had.
    /// </summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, PostgresOptions options)
    {
        services.AddDatabase(options);
        services.AddSingleton<EventPartitions>();
        services.AddSingleton<SqlEventLogWriter, PostgresEventLogWriter>();
        services.AddSingleton<IEventLogReader, PostgresEventLogReader>();
        services.AddSingleton<IEventRetention, PostgresEventRetention>();
        services.AddSingleton<PostgresFeedLeases>();
        services.AddSingleton<IFeedLeases>(provider => provider.GetRequiredService<PostgresFeedLeases>());
        services.AddSingleton<IFeedStore, PostgresFeedStore>();
        return services.AddSqlStorage();
    }

    /// <summary>Serves the history of events from a PostgreSQL database, and keeps nothing else there.</summary>
    public static IServiceCollection AddPostgresHistory(this IServiceCollection services, PostgresOptions options)
    {
        services.AddDatabase(options);
        return services.AddSqlHistory();
    }

    private static void AddDatabase(this IServiceCollection services, PostgresOptions options)
    {
        services.TryAddSingleton(SystemDefaults.Time);
        services.AddSingleton(options);
        services.AddSingleton(provider => new PostgresDatabase(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<PostgresDatabase>>()));
        services.AddSingleton<SqlDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
    }
}
