namespace GitHubSimulator.Accounts;

/// <summary>That a token was asked to wait.</summary>
/// <param name="SentAt">When the refusal was sent.</param>
/// <param name="IsPrimary">For the primary limit: the limits themselves may still be asked for.</param>
internal readonly record struct WaitNotice(DateTimeOffset SentAt, DateTimeOffset Until, bool IsPrimary);
