namespace RepoPulse.Events;

/// <summary>Answers questions about one repository's stored events.</summary>
public interface IEventHistory
{
    /// <summary>A page of events with their JSON, newest first (<c>created_at</c>, then id).</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken);
}
