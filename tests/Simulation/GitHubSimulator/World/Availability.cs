namespace GitHubSimulator.World;

/// <summary>
/// GitHub's response for a repository; in every state but the first its events are missing from the organization's and the public feed too.
/// </summary>
public enum Availability
{
    Available,

    /// <summary>404: deleted, made private, or hidden for a while.</summary>
    NotFound,

    /// <summary>410.</summary>
    Gone,

    /// <summary>451.</summary>
    Blocked,
}
