namespace RepoPulse.Core;

/// <summary>
/// What the log and the feeds say about repositories, for readers that follow it. Every adapter keeps the promises below.
/// </summary>
public interface IRepositoryCatalog
{
    /// <summary>
    /// The repositories that changed after <paramref name="version"/> (0 for all of them), whole, and the version that they bring the
    /// reader to. A repository may come again unchanged; none that changed is left out. A repository without an id is named by its name
    /// alone; once its id is known it comes with the id, and the reader drops the nameless one.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<CatalogChanges> ReadChangesAsync(long version, CancellationToken cancellationToken);

    /// <summary>
    /// Returns when there may be changes after <paramref name="version"/>; it may return early, and never later than a second after one.
    /// </summary>
    ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken);
}

/// <param name="Version">Where to ask from next time.</param>
public readonly record struct CatalogChanges(IReadOnlyList<Repository> Repositories, long Version);
