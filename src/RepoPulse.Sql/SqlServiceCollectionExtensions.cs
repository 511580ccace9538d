using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RepoPulse.Sql.Feeds;
using RepoPulse.Sql.Log;
using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Webhooks;

namespace RepoPulse.Sql;

internal static class SqlServiceCollectionExtensions
{
    /// <summary>Adds what is the same for every database.</summary>
    public static IServiceCollection AddSqlStorage(this IServiceCollection services)
    {
        services.AddSingleton<SqlPayloads>();
        services.AddSingleton<SqlEventTypes>();
        services.AddSingleton<IEventLogWriter>(provider => provider.GetRequiredService<SqlEventLogWriter>());
        services.AddSingleton<IWebhookInbox, SqlWebhookInbox>();
        services.AddSingleton<IEventHistory, SqlEventHistory>();
        services.AddSingleton<IEventScan, SqlEventScan>();
        services.AddSingleton<IRepositoryCatalog, SqlRepositoryCatalog>();
        services.AddSingleton<IWatchList, SqlWatchList>();
        services.TryAddSingleton<IFeedStore, SqlFeedStore>();
        return services;
    }
}
