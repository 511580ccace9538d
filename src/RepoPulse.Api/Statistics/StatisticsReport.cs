using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Statistics;

/// <summary>
/// The statistics of a store at one moment, without a server: the same documents, put together once. For the operator, so nothing is
/// hidden.
/// </summary>
public sealed class StatisticsReport
{
    private readonly StatisticsView _view;

    private StatisticsReport(StatisticsView view) => _view = view;

    /// <summary>Reads the catalog and folds the window.</summary>
    /// <param name="batchSize">The most events that are read into memory at once, at least 1.</param>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    public static async Task<StatisticsReport> ReadAsync(
        IRepositoryCatalog catalog,
        IEventLogReader log,
        WindowOptions window,
        int batchSize,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var view = new StatisticsView(window, new VisibilityRules(["*"]), time);
        view.Apply((await catalog.ReadChangesAsync(0, cancellationToken)).Repositories);
        var fold = new StatisticsFold(window);
        var now = time.GetUtcNow();
        var since = now - DateTimeOffset.MinValue > window.Duration ? now - window.Duration : DateTimeOffset.MinValue;
        await foreach (var batch in log.ReadSinceAsync(since, batchSize, cancellationToken))
            fold.Apply(batch.Events, now);
        await view.PublishAsync(fold.TakeChanged(), cancellationToken);
        return new StatisticsReport(view);
    }

    /// <summary>The documents of a repository under its present or a former name, or of all by name; none for an unknown name.</summary>
    /// <param name="repository">Null for all.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Documents(RepositoryName? repository) => repository is { } name
        ? _view.Directory.Find(name) is { } cell ? [cell.Entry.Statistics.Json] : []
        : _view.Directory.Order.Select(cell => cell.Entry.Statistics.Json);
}
