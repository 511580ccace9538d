namespace RepoPulse.Events;

/// <summary>Neighbouring events of a log that came by one way.</summary>
public readonly record struct ArchivedRun(EventSource Source, IReadOnlyList<GitHubEvent> Events);
