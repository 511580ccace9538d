namespace RepoPulse.Events;

/// <summary>Some events of the log, in its order within each partition.</summary>
/// <param name="Position">Where to resume: after the last of <paramref name="Events"/>.</param>
public readonly record struct EventBatch(IReadOnlyList<GitHubEvent> Events, LogPosition Position);
