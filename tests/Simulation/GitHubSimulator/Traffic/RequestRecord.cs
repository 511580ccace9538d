namespace GitHubSimulator.Traffic;

/// <summary>A request and its response.</summary>
/// <param name="Status">0 where the connection was cut.</param>
/// <param name="Account">The login or address whose limits it fell under.</param>
/// <param name="IsConditional">It carried <c>If-None-Match</c>.</param>
/// <param name="IsCounted">It counted against the primary limit.</param>
public sealed record RequestRecord(
    DateTimeOffset At,
    string Method,
    string Path,
    string Query,
    int Status,
    string? Token,
    string Account,
    bool IsConditional,
    bool IsCounted)
{
    /// <summary>
    /// The time whose feed the response shows: before the response's own where a replica lags behind. Null for what shows no feed.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The response was the right one, and all of it was sent.</summary>
    public bool IsWhole { get; init; }
}
