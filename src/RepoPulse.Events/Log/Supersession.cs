namespace RepoPulse.Events;

/// <summary>
/// That an event of the log took the place of one that a webhook had brought: both tell of one happening, and the polled form is the one that
/// counts. A reader that holds the superseded event lets go of it, and does not take it up should it come again.
/// </summary>
/// <param name="Repository">The repository of both.</param>
/// <param name="Type">The type of both.</param>
/// <param name="Superseded">The webhook's event, which the log no longer holds.</param>
/// <param name="By">The event that stands in its place.</param>
public readonly record struct Supersession(RepositoryId Repository, EventType Type, EventKey Superseded, EventKey By);
