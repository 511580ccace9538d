using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>That a repository's statistics have changed. What they are is looked up when it is sent: no older ones, and none of what is hidden by then.</summary>
internal sealed record StatisticsMessage(LogPosition Position, string Id, RepositoryId RepositoryId) : StreamMessage(Position, Id);
