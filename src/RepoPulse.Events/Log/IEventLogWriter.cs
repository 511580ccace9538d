namespace RepoPulse.Events;

/// <summary>Puts events into the log.</summary>
public interface IEventLogWriter
{
    /// <summary>
    /// Appends a batch; all of it is durable on return, or an exception is thrown and the batch may be appended again. Duplicates are legal.
    /// Every event must have a repository. The events' names are noted in the catalog with the events, in one step. A happening that a webhook and
    /// a poll or an archive both tell is held once, in whatever order they come: in the form that is not the webhook's.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken);
}
