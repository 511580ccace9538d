namespace RepoPulse.GitHub.Feeds;

/// <summary>What GitHub answered to a request for a page, told apart as far as the collector must act differently.</summary>
public enum FeedAnswerKind
{
    /// <summary>200: <see cref="FeedAnswer.Body"/> holds the page.</summary>
    Page,

    /// <summary>304: the page is as it was when its ETag was received.</summary>
    NotModified,

    /// <summary>301, 308: the feed lives at <see cref="FeedAnswer.Location"/> for good.</summary>
    MovedPermanently,

    /// <summary>302, 303, 307: for this once, ask <see cref="FeedAnswer.Location"/>.</summary>
    MovedTemporarily,

    /// <summary>403, 429: a limit; nothing is to be asked with this token before <see cref="FeedAnswer.RetryAt"/>.</summary>
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

    /// <summary>5xx, a time-out, a broken connection or answer, after all retries; or a status that nobody expects.</summary>
    Failed,
}
