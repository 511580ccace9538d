using RepoPulse.GitHub.Apps;

namespace RepoPulse.Configuration;

internal sealed record GitHubAppSettings
{
    public required string Id { get; init; }

    public required long InstallationId { get; init; }

    public required AppPrivateKey PrivateKey { get; init; }
}
