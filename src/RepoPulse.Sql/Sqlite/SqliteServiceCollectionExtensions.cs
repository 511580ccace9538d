using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RepoPulse.Sql.Sqlite;

public static class SqliteServiceCollectionExtensions
{
    /// <summary>
    /// Keeps the event log, the catalog, the watch list and the feeds in a SQLite file. <see cref="SqlDatabase.OpenAsync"/> says whether it
    /// can be had.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string connectionString)
    {
        services.AddDatabase(connectionString);
        services.AddSingleton<SqlEventLogWriter, SqliteEventLogWriter>();
        services.AddSingleton<IEventLogReader, SqliteEventLogReader>();
        services.AddSingleton<IEventRetention, SqliteEventRetention>();
        return services.AddSqlStorage();
    }

    /// <summary>Serves the history of events from a SQLite file, and keeps nothing else there.</summary>
    public static IServiceCollection AddSqliteHistory(this IServiceCollection services, string connectionString)
    {
        services.AddDatabase(connectionString);
        return services.AddSqlHistory();
    }

    private static void AddDatabase(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(SystemDefaults.Time);
        services.AddSingleton(provider => new SqliteDatabase(connectionString, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SqlDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
    }
}
