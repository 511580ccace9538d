namespace GitHubSimulator.Traffic;

/// <summary>What one account has asked.</summary>
/// <param name="Counted">Of <paramref name="Total"/>, those that counted against the primary limit.</param>
public readonly record struct AccountTraffic(long Total, long Counted, long Violations);
