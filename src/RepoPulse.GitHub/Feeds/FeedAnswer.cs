namespace RepoPulse.GitHub.Feeds;

/// <summary>An answer to a request for a page of a feed.</summary>
public sealed record FeedAnswer
{
    public required FeedAnswerKind Kind { get; init; }

    /// <summary>The page's JSON, as received.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>To ask with next time; null where GitHub gave none.</summary>
    public string? ETag { get; init; }

    /// <summary>The next page, from <c>Link: rel="next"</c>; null on the last, and on a 304, which need not repeat it.</summary>
    public Uri? Next { get; init; }

    /// <summary>The least time between polls that GitHub asks for.</summary>
    public TimeSpan? PollInterval { get; init; }

    public Uri? Location { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What was wrong, for the log: status, and GitHub's message where it sent one. Null where nothing was.</summary>
    public string? Fault { get; init; }
}
