using RepoPulse.Configuration;
using RepoPulse.Sql.Postgres;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.Roles;

internal static class Storage
{
    /// <summary>Adds the database that is configured.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, RepoPulseSettings settings) => settings.Storage.Provider switch
    {
        StorageProvider.Postgres => services.AddPostgresStorage(new PostgresOptions
        {
            ConnectionString = settings.Storage.ConnectionString,
            RetentionPeriod = settings.Collector.RetentionPeriod,
        }),
        _ => services.AddSqliteStorage(settings.Storage.ConnectionString),
    };
}
