namespace GitHubSimulator.World;

/// <summary>What a name or an id stands for.</summary>
/// <param name="Redirect">301, 302 or 307 where the name is a former one; 0 where it is the present one.</param>
public readonly record struct RepositoryLookup(SimulatedRepository? Repository, int Redirect);
