namespace GitHubSimulator.World;

/// <summary>A user or an organization that owns repositories.</summary>
public sealed class SimulatedOwner
{
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

    internal EventFeed Feed { get; } = new();
}
