namespace RepoPulse.Events;

/// <summary>Answers questions about one repository's stored events.</summary>
public interface IEventHistory
{
    /// <summary>A page of events with their JSON, newest first (<c>created_at</c>, then id).</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>How many events happened, by bucket and type, counted where they are stored; in the order of time. What holds none is left out.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<IReadOnlyList<ActivityCount>> CountAsync(ActivityQuery query, CancellationToken cancellationToken);
}
