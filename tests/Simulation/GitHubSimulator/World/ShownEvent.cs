namespace GitHubSimulator.World;

/// <summary>An event that stood in a response.</summary>
public readonly record struct ShownEvent(long RepositoryId, long Id, DateTimeOffset CreatedAt, string Type);
