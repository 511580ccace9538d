namespace RepoPulse.Core.Evidence;

/// <summary>Keeps what the events of each repository say of its completeness, for the catalog.</summary>
public interface IEvidenceStore
{
    /// <summary>
    /// Stores a repository's evidence in place of what was stored of it. Gaps that ended before <paramref name="heldSince"/> stay: the
    /// events that would speak of them are no longer held.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask SaveAsync(
        RepositoryId repository, EvidenceReport report, DateTimeOffset heldSince, CancellationToken cancellationToken);

    /// <summary>Forgets all evidence: nobody looks after it any more.</summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask ClearAsync(CancellationToken cancellationToken);
}
