namespace GitHubSimulator.World;

/// <summary>An event that stood in an answer.</summary>
public readonly record struct ShownEvent(long RepositoryId, long Id, DateTimeOffset CreatedAt, string Type);
