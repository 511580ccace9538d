namespace GitHubSimulator.Faults;

/// <summary>What an error may be chosen by.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With the question mark, or empty.</param>
/// <param name="Token">As sent; null where none was.</param>
public readonly record struct RequestFacts(string Method, string Path, string Query, string? Token);
