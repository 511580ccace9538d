namespace RepoPulse.Core;

/// <summary>Puts events into the log.</summary>
public interface IEventLogWriter
{
    /// <summary>
    /// Appends a batch; all of it is durable on return, or an exception is thrown and the batch may be appended again. Duplicates are
    /// legal. Every event must have a repository. The events' names are noted in the catalog with the events, in one step. An occurrence
    /// that a webhook and a poll or an archive both report is held once, in any order they come: in the form that is not the webhook's.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be reached or written.</exception>
    ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken);
}

/// <param name="Appended">Events that the log did not hold.</param>
/// <param name="AlreadyHeld">
/// Events that it held, within the batch or from before, be it in the form that a poll gave of the same occurrence. A log that cannot say
/// (Kafka) counts all as appended.
/// </param>
public readonly record struct AppendResult(int Appended, int AlreadyHeld)
{
    /// <summary>Of those appended, how many took the place of a webhook's event.</summary>
    public int Superseding { get; init; }
}
