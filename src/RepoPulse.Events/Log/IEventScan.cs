namespace RepoPulse.Events;

/// <summary>Reads stored events of many repositories in the order in which they happened.</summary>
public interface IEventScan
{
    /// <summary>
    /// The events with their JSON, oldest first (<c>created_at</c>, then id), each once. However many there are, a few pages of them are in memory;
    /// the cost follows those in the time asked for, of the repositories asked for, not all that is held. What is appended meanwhile is told where
    /// it comes after what was told already.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    IAsyncEnumerable<GitHubEvent> ReadAsync(ScanQuery query, CancellationToken cancellationToken);
}
