namespace GitHubSimulator.Accounts;

/// <summary>A token, and whose it is.</summary>
/// <param name="ExpiresAt">From then on requests with it get 401; null for never.</param>
internal sealed record IssuedToken(string Secret, Account Holder, DateTimeOffset? ExpiresAt);
