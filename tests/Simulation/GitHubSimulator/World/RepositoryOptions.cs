namespace GitHubSimulator.World;

/// <summary>What a new repository is like.</summary>
public sealed record RepositoryOptions
{
    /// <summary>GitHub's number; drawn from the name where it is left out, so that the same name has the same id in every run.</summary>
    public long? Id { get; init; }

    /// <summary>Whether an owner not known yet is an organization.</summary>
    public bool OwnerIsOrganization { get; init; } = true;

    public long? OwnerId { get; init; }

    /// <summary>The logins that see the repository; null where it is public. To everyone else a private one is 404.</summary>
    public IReadOnlyCollection<string>? Readers { get; init; }
}
