namespace RepoPulse.Benchmarks;

/// <summary>A catalog that never changes.</summary>
internal sealed class ApiBenchmarkCatalog(int repositories, DateTimeOffset now) : IRepositoryCatalog
{
    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now => now;

    /// <summary>Completes when the reader has taken everything.</summary>
    public Task Followed => _followed.Task;

    public ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CatalogChanges(
        version > 0 ? [] : [.. Enumerable.Range(1, repositories).Select(Create)], 1));

    public async ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken)
    {
        _followed.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private Repository Create(int id) => new()
    {
        Id = new RepositoryId(id),
        Names = [new NameObservation(RepositoryName.Parse($"octo/r{id}"), now)],
        State = RepositoryState.Watching,
        Coverage = CoverageLedger.FromIntervals([new CoverageInterval(now.AddDays(-30), now, CoverageState.Complete, null)]),
    };
}
