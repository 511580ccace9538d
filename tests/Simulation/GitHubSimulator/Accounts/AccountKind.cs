namespace GitHubSimulator.Accounts;

/// <summary>What a limit belongs to.</summary>
public enum AccountKind
{
    /// <summary>An address that asks without a token.</summary>
    Address,

    User,

    /// <summary>A GitHub App where it is installed.</summary>
    Installation,
}
