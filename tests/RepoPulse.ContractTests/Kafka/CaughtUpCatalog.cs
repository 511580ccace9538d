using RepoPulse.Kafka;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>
/// A catalog that has followed everything that was written before it is asked: the topics report a little later what a database reports at
/// once.
/// </summary>
internal sealed class CaughtUpCatalog(
    IRepositoryCatalog inner,
    CatalogTopics topics,
    Task<IReadOnlyList<PartitionAggregator>> aggregators,
    KafkaCluster cluster,
    KafkaMetrics metrics)
    : IRepositoryCatalog, IAsyncDisposable
{
    public async ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        await ReportAsync(cancellationToken);
        var follower = await topics.StartAsync(cancellationToken);
        await follower.CatchUpAsync(cancellationToken);
        return await inner.ReadChangesAsync(version, cancellationToken);
    }

    public async ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken)
    {
        var wait = inner.WaitForChangesAsync(version, cancellationToken).AsTask();
        while (!wait.IsCompleted)
        {
            await Task.WhenAny(wait, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken));
            await ReportAsync(cancellationToken);
        }

        await wait;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var aggregator in await aggregators)
            await aggregator.DisposeAsync();
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        var running = await aggregators;
        if (running.Count == 0)
            return;
        var reader = new LogReader(cluster, metrics, [.. Enumerable.Range(0, running.Count)], includeJson: false);
        await using (reader)
        {
            var ends = await reader.EndsAsync(cancellationToken);
            for (var i = 0; i < running.Count; i++)
            {
                while (!running[i].IsFenced
                    && (!running[i].Status.CaughtUp
                        || running[i].Status.Current.InStepAt is null
                        || running[i].Status.Current.Position.Offsets is not [var at]
                        || at < ends[i]))
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
                if (!running[i].IsFenced)
                    await running[i].PublishProgressAsync(cancellationToken);
            }
        }
    }
}
