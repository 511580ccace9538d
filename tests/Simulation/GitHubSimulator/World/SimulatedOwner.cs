namespace GitHubSimulator.World;

/// <summary>A user or an organization that owns repositories.</summary>
public sealed class SimulatedOwner
{
    private readonly List<SimulatedRepository> _repositories = [];

    internal SimulatedOwner(string login, long id, bool isOrganization)
    {
        Login = login;
        Id = id;
        IsOrganization = isOrganization;
    }

    public string Login { get; }

    public long Id { get; }

    /// <summary>Only an organization has a feed of its own, and stands as <c>org</c> in its events.</summary>
    public bool IsOrganization { get; }

    /// <summary>Those that belong to it or once did: its feed goes on showing what happened in them then.</summary>
    internal IReadOnlyList<SimulatedRepository> Repositories => _repositories;

    internal void Add(SimulatedRepository repository)
    {
        if (!_repositories.Contains(repository))
            _repositories.Add(repository);
    }
}
