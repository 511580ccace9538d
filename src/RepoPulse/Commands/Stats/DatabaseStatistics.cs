using System.Runtime.CompilerServices;
using RepoPulse.Api.Statistics;
using RepoPulse.Configuration;
using RepoPulse.Hosting;
using RepoPulse.Sql;

namespace RepoPulse.Commands.Stats;

/// <summary>Statistics folded here and now from the configured database, beside whatever else uses it.</summary>
internal sealed class DatabaseStatistics : IStatisticsSource
{
    private readonly ServiceProvider _services;
    private readonly StatisticsReport _report;

    private DatabaseStatistics(ServiceProvider services, StatisticsReport report)
    {
        _services = services;
        _report = report;
    }

    /// <exception cref="StorageException">The database cannot be read.</exception>
    public static async ValueTask<DatabaseStatistics> OpenAsync(
        CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection()
            .AddSingleton(context.Time)
            .AddLogging()
            .AddStorage(settings)
            .BuildServiceProvider();
        try
        {
            await services.GetRequiredService<SqlDatabase>().OpenAsync(cancellationToken);
            var report = await StatisticsReport.ReadAsync(
                services.GetRequiredService<IRepositoryCatalog>(),
                services.GetRequiredService<IEventLogReader>(),
                settings.Statistics.Window,
                settings.Statistics.BatchSize,
                context.Time,
                cancellationToken);
            return new DatabaseStatistics(services, report);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        RepositoryName? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var document in _report.Documents(repository))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return document;
        }
    }

    public async ValueTask<RecentActivity?> ReadActivityAsync(
        StatisticsDocument document, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var activity = new RecentActivity(since);
        // Without an id no event of it has been seen yet.
        if (document.RepositoryId is not { } id)
            return activity;
        var query = new ActivityQuery
        {
            RepositoryId = new RepositoryId(id), Since = since, Until = since + (RecentActivity.Buckets * RecentActivity.Bucket),
            Bucket = RecentActivity.Bucket,
        };
        foreach (var count in await _services.GetRequiredService<IEventHistory>().CountAsync(query, cancellationToken))
            activity.Add(count.From, count.Type.Name, count.Events);
        return activity;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
