namespace RepoPulse.GitHub.Apps;

/// <summary>The installation of a GitHub App to ask as.</summary>
public sealed record GitHubAppOptions
{
    /// <summary>The App's id or client id.</summary>
    public required string Id { get; init; }

    public required long InstallationId { get; init; }

    public required AppPrivateKey PrivateKey { get; init; }
}
