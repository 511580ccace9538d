namespace GitHubSimulator.World;

/// <summary>What a repository was called, and whose it was, from a time on.</summary>
public sealed record RepositoryIdentity(DateTimeOffset From, string FullName, SimulatedOwner Owner)
{
    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
