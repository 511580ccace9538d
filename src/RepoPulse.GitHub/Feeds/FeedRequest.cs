using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Feeds;

/// <summary>A request for one page of a feed.</summary>
/// <param name="Page">Absolute, at the API's own host.</param>
/// <param name="ETag">Received for this page by this token; null to ask unconditionally.</param>
/// <param name="Token">Who asks.</param>
public readonly record struct FeedRequest(Uri Page, string? ETag, GitHubToken Token);
