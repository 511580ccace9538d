using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RepoPulse.Sql.Sqlite.Feeds;
using RepoPulse.Sql.Sqlite.Log;
using RepoPulse.Sql.Sqlite.Repositories;
using RepoPulse.Sql.Sqlite.Webhooks;

namespace RepoPulse.Sql.Sqlite;

public static class SqliteServiceCollectionExtensions
{
    /// <summary>Keeps the event log, the catalog, the watch list and the feeds in a SQLite file. <see cref="SqliteDatabase.OpenAsync"/> says whether it can be had.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SqliteDatabase(connectionString, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SqlitePayloads>();
        services.AddSingleton<SqliteEventTypes>();
        services.AddSingleton<SqliteEventLogWriter>();
        services.AddSingleton<IEventLogWriter>(provider => provider.GetRequiredService<SqliteEventLogWriter>());
        services.AddSingleton<IEventLogReader, SqliteEventLogReader>();
        services.AddSingleton<IWebhookInbox, SqliteWebhookInbox>();
        services.AddSingleton<IEventHistory, SqliteEventHistory>();
        services.AddSingleton<IEventRetention, SqliteEventRetention>();
        services.AddSingleton<IRepositoryCatalog, SqliteRepositoryCatalog>();
        services.AddSingleton<IWatchList, SqliteWatchList>();
        services.AddSingleton<IFeedStore, SqliteFeedStore>();
        return services;
    }
}
