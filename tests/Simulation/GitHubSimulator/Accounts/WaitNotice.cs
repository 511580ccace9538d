namespace GitHubSimulator.Accounts;

/// <summary>That a token was told to wait.</summary>
/// <param name="ToldAt">When the refusal was sent.</param>
/// <param name="IsPrimary">For the primary limit: the limits themselves may still be asked for.</param>
internal readonly record struct WaitNotice(DateTimeOffset ToldAt, DateTimeOffset Until, bool IsPrimary);
