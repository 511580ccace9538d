using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using RepoPulse.Core.Evidence;

namespace RepoPulse.Sql;

internal static class SqlServiceCollectionExtensions
{
    /// <summary>Adds what is the same for every database.</summary>
    public static IServiceCollection AddSqlStorage(this IServiceCollection services)
    {
        services.AddSqlHistory();
        services.AddSingleton<IEventLogWriter>(provider => provider.GetRequiredService<SqlEventLogWriter>());
        services.AddSingleton<IWebhookInbox, SqlWebhookInbox>();
        services.AddSingleton<IEventArchive, SqlEventArchive>();
        services.AddSingleton<IEventScan, SqlEventScan>();
        services.AddSingleton<IRepositoryCatalog, SqlRepositoryCatalog>();
        services.AddSingleton<ILogSecret, SqlLogSecret>();
        services.AddSingleton<IWatchList, SqlWatchList>();
        services.AddSingleton<IEvidenceStore, SqlEvidenceStore>();
        services.TryAddSingleton<IFeedStore, SqlFeedStore>();
        return services;
    }

    /// <summary>Adds what queries of stored events need, and nothing that writes them.</summary>
    public static IServiceCollection AddSqlHistory(this IServiceCollection services)
    {
        services.AddSingleton<SqlPayloads>();
        services.AddSingleton<SqlEventTypes>();
        return services.AddSingleton<IEventHistory, SqlEventHistory>();
    }
}
