namespace RepoPulse.Events;

/// <summary>Keeps the cursors and the coverage of feeds.</summary>
public interface IFeedStore
{
    /// <summary>Every feed on a list that has not lapsed at <paramref name="now"/>, each once, with its cursor (a fresh one where it was never polled).</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<Feed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a poll's outcome in one step: the cursor, what the sweep proves (null where it proves nothing), and the names of the
    /// cursor's repository that the poll learned. Call it only after the poll's events are appended.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask SaveAsync(FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings, CancellationToken cancellationToken);
}
