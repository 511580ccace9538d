namespace RepoPulse.Events;

/// <summary>What a feed's page was when it was last read, so that it can be asked for conditionally.</summary>
/// <param name="ETag">As received, quotes and weakness included; it belongs to the page's URL and to the token that asked. Null where GitHub gave none.</param>
/// <param name="Events">How many events the page held.</param>
/// <param name="Next">The address of the next page as GitHub named it; null on the last.</param>
public sealed record FeedPage(string? ETag, int Events, string? Next);
