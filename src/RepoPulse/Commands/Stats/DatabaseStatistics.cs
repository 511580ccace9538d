using System.Runtime.CompilerServices;
using RepoPulse.Api.View;
using RepoPulse.Configuration;
using RepoPulse.Events;
using RepoPulse.Roles;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Commands.Stats;

/// <summary>Statistics folded here and now from the configured database, beside whatever else uses it.</summary>
internal sealed class DatabaseStatistics : IStatisticsSource
{
    private readonly StatisticsReport _report;

    private DatabaseStatistics(StatisticsReport report) => _report = report;

    /// <exception cref="StorageException">The database cannot be read.</exception>
    public static async ValueTask<DatabaseStatistics> OpenAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(context.Time)
            .AddLogging()
            .AddStorage(settings)
            .BuildServiceProvider();
        await services.GetRequiredService<SqlDatabase>().OpenAsync(cancellationToken);
        return new DatabaseStatistics(await StatisticsReport.ReadAsync(
            services.GetRequiredService<IRepositoryCatalog>(),
            services.GetRequiredService<IEventLogReader>(),
            settings.Statistics.ToWindow(),
            settings.Statistics.BatchSize,
            context.Time,
            cancellationToken));
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(RepositoryName? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var document in _report.Documents(repository))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return document;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
