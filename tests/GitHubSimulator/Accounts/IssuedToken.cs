namespace GitHubSimulator.Accounts;

/// <summary>A token, and whose it is.</summary>
/// <param name="ExpiresAt">From then on it is answered with 401; null for never.</param>
internal sealed record IssuedToken(string Secret, Account Holder, DateTimeOffset? ExpiresAt);
