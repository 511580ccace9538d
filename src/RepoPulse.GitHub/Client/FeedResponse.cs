namespace RepoPulse.GitHub;

/// <summary>A response to a request for a page of a feed.</summary>
public sealed record FeedResponse
{
    public required FeedResponseKind Kind { get; init; }

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
    public string? Error { get; init; }
}

/// <summary>What GitHub responded to a request for a page, distinguished as far as the collector must act differently.</summary>
public enum FeedResponseKind
{
    /// <summary>200: <see cref="FeedResponse.Body"/> holds the page.</summary>
    Page,

    /// <summary>304: the page is as it was when its ETag was received.</summary>
    NotModified,

    /// <summary>301, 308: the feed lives at <see cref="FeedResponse.Location"/> for good.</summary>
    MovedPermanently,

    /// <summary>302, 303, 307: for this once, ask <see cref="FeedResponse.Location"/>.</summary>
    MovedTemporarily,

    /// <summary>403, 429: a limit; nothing is to be asked with this token before <see cref="FeedResponse.RetryAt"/>.</summary>
    Limited,

    /// <summary>401: the token is bad. It has been put out of use.</summary>
    TokenRefused,

    /// <summary>403 without a limit: no permission.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>410.</summary>
    Gone,

    /// <summary>451.</summary>
    Blocked,

    /// <summary>422: GitHub shows no further pages.</summary>
    EndOfPages,

    /// <summary>5xx, a time-out, a broken connection or response, after all retries; or a status that nobody expects.</summary>
    Failed,
}

/// <summary>A request for one page of a feed.</summary>
/// <param name="Page">Absolute, at the API's own host.</param>
/// <param name="ETag">Received for this page by this token; null to ask unconditionally.</param>
/// <param name="Token">Who asks.</param>
public readonly record struct FeedRequest(Uri Page, string? ETag, GitHubToken Token);
