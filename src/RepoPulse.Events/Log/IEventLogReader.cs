namespace RepoPulse.Events;

/// <summary>Follows the log. At least once: an event may come again, and a reader ignores one that it holds.</summary>
public interface IEventLogReader
{
    /// <summary>
    /// Everything held with <c>created_at</c> at or after <paramref name="since"/>, in batches, without JSON: what a fold starts from. The cost
    /// follows those events, not all that the log holds. Only the last batch's position is one to resume from; there is always a last batch, if
    /// need be an empty one.
    /// </summary>
    /// <param name="maxEvents">The most events of one batch, at least 1.</param>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    IAsyncEnumerable<EventBatch> ReadSinceAsync(DateTimeOffset since, int maxEvents, CancellationToken cancellationToken);

    /// <summary>
    /// The next events after a position, at most <paramref name="maxEvents"/>; an empty batch at the end. No event that commits is ever passed
    /// over, in whatever order writers commit.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<EventBatch> ReadAsync(LogPosition after, int maxEvents, bool includeJson, CancellationToken cancellationToken);

    /// <summary>Returns when there may be events after a position: at once for this process's own appends, within 250 ms for those of others.</summary>
    ValueTask WaitForEventsAsync(LogPosition after, CancellationToken cancellationToken);
}
