using RepoPulse.Configuration;
using RepoPulse.Sql.Postgres;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.Hosting;

internal static class Storage
{
    /// <summary>Adds the database that is configured.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, RepoPulseSettings settings) =>
        settings.Storage.Provider switch
    {
        StorageProvider.Postgres => services.AddPostgresStorage(ToPostgresOptions(settings)),
        _ => services.AddSqliteStorage(settings.Storage.ConnectionString),
    };

    /// <summary>Adds the database that is configured, to serve the history of events alone.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, RepoPulseSettings settings) =>
        settings.Storage.Provider switch
    {
        StorageProvider.Postgres => services.AddPostgresHistory(ToPostgresOptions(settings)),
        _ => services.AddSqliteHistory(settings.Storage.ConnectionString),
    };

    private static PostgresOptions ToPostgresOptions(RepoPulseSettings settings) => new()
    {
        ConnectionString = settings.Storage.ConnectionString,
        RetentionPeriod = settings.Collector.RetentionPeriod,
    };
}
