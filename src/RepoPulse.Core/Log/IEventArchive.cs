namespace RepoPulse.Core;

/// <summary>Keeps a copy of a partitioned event log in a database that can be asked, and how far that copy has come.</summary>
public interface IEventArchive
{
    /// <summary>The offset of the next event of a partition that is to be copied; null where nothing was copied yet.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<long?> ReadNextAsync(int partition, CancellationToken cancellationToken);

    /// <summary>
    /// Appends what stands in a partition from <paramref name="from"/> to <paramref name="next"/> as <see cref="IEventLogWriter"/> does,
    /// and notes <paramref name="next"/> in the same step: both are durable on return, or neither. Null, and nothing is changed, where the
    /// copy does not stand at <paramref name="from"/>: another archiver was at work.
    /// </summary>
    /// <param name="from">What <see cref="ReadNextAsync"/> said, or the last call noted; null for the first.</param>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask<AppendResult?> AppendAsync(
        int partition, long? from, long next, IReadOnlyList<ArchivedRun> runs, CancellationToken cancellationToken);
}

/// <summary>Neighbouring events of a log that came by one way.</summary>
public readonly record struct ArchivedRun(EventSource Source, IReadOnlyList<GitHubEvent> Events);
