namespace GitHubSimulator.Traffic;

/// <summary>A request and how it was answered.</summary>
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
    /// <summary>The time whose feed the answer shows: before the answer's own where a replica lags behind. Null for what shows no feed.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The answer was the right one, and all of it was sent.</summary>
    public bool IsWhole { get; init; }
}
