namespace RepoPulse.Events;

/// <summary>What a feed's page was when it was last read, so that it can be asked for conditionally.</summary>
/// <param name="ETag">As received, quotes and weakness included; it belongs to the page's URL and to the token that asked.</param>
/// <param name="Events">How many events the page held.</param>
/// <param name="HasNext">Whether the page named a next one.</param>
public sealed record FeedPage(string ETag, int Events, bool HasNext);
