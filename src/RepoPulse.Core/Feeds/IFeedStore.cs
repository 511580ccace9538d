namespace RepoPulse.Core;

/// <summary>Keeps the cursors and the coverage of feeds.</summary>
public interface IFeedStore
{
    /// <summary>Every feed on a list that has not lapsed at <paramref name="now"/>, each once.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>A feed's cursor; a fresh one where it was never polled.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a poll's outcome in one step: the cursor, what the sweep proves (null where it proves nothing), and the names of the
    /// cursor's repository that the poll learned. Call it only after the poll's events are appended. Where the stored cursor belongs to
    /// another repository, that one keeps what was stored of it, under the address of its id (<see cref="FeedAddress.OfRepositoryId"/>),
    /// and is watched as long as <paramref name="feed"/> is; the feed itself begins again.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken);

    /// <summary>
    /// Notes that an archive was imported: gaps that it lies over are repaired as far as it reaches, those declared later too.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken);
}

/// <summary>A watched feed and how far it has been read.</summary>
public sealed record Feed(FeedAddress Address, FeedCursor Cursor);
