namespace RepoPulse.UnitTests.Api.Support;

/// <summary>A catalog in memory that shows a test when its follower has come up with it.</summary>
internal sealed class FakeCatalog : IRepositoryCatalog
{
    private readonly Lock _lock = new();
    private readonly List<Repository> _changes = [];
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _followed = New();

    /// <summary>What the next reads fail with, one each.</summary>
    public Queue<Exception> Failures { get; } = [];

    public async Task PutAsync(params IReadOnlyList<Repository> repositories)
    {
        Task followed;
        lock (_lock)
        {
            _changes.AddRange(repositories);
            _followed = New();
            followed = _followed.Task;
            _changed.TrySetResult();
        }

        await followed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>Puts repositories where nobody is waiting yet.</summary>
    public void Hold(params IReadOnlyList<Repository> repositories)
    {
        lock (_lock)
            _changes.AddRange(repositories);
    }

    public Task WaitUntilFollowedAsync() => _followed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Failures.TryDequeue(out var failure))
                throw failure;
            return ValueTask.FromResult(new CatalogChanges([.. _changes.Skip((int)version)], _changes.Count));
        }
    }

    public async ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (version < _changes.Count)
                return;
            _followed.TrySetResult();
            _changed = New();
            changed = _changed.Task;
        }

        await changed.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
