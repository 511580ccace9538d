namespace RepoPulse.Api.View;

/// <summary>
/// Brings what changed in the catalog into the view. Callers take turns: what is older never takes the place of what is newer.
/// </summary>
internal sealed class CatalogRefresher(IRepositoryCatalog catalog, StatisticsView view, CatalogStatus status, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _version;

    /// <summary>On return the view holds all that the catalog did at the call.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Before reading: what changes meanwhile may be in the response or not.
            var asked = time.GetUtcNow();
            var changes = await catalog.ReadChangesAsync(_version, cancellationToken);
            if (changes.Repositories.Count > 0)
                view.Apply(changes.Repositories);

            // Only what is in the view is behind us: after a failure the same changes are read again.
            Volatile.Write(ref _version, changes.Version);
            status.SetRead(asked);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Returns when there may be changes that were not read.</summary>
    public ValueTask WaitForChangesAsync(CancellationToken cancellationToken) =>
        catalog.WaitForChangesAsync(Volatile.Read(ref _version), cancellationToken);

    public void Dispose() => _turn.Dispose();
}

/// <summary>How the following of the catalog goes. Written by the follower alone; read from anywhere.</summary>
internal sealed class CatalogStatus
{
    private volatile Snapshot _current = new(null, null);

    public Snapshot Current => _current;

    /// <summary>Whether the whole catalog has been read once.</summary>
    public bool Read => _current.InStepAt is not null;

    public void SetRead(DateTimeOffset at) => _current = new(at, null);

    public void SetFailure(string failure) => _current = _current with { Failure = failure };

    /// <param name="InStepAt">When the view last held everything that the catalog did; null until it does for the first time.</param>
    /// <param name="Failure">What the last attempt failed with; null where it did not.</param>
    public sealed record Snapshot(DateTimeOffset? InStepAt, string? Failure);
}
