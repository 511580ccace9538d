namespace RepoPulse.GitHub.Feeds;

/// <summary>The bounds of GitHub's feeds (https://docs.github.com/rest/activity/events).</summary>
public static class FeedLimits
{
    /// <summary>The most events of one page; a larger <c>per_page</c> is clamped in silence.</summary>
    public const int MaxPageSize = 100;

    /// <summary>The most events that a feed shows in all; a page past them is answered with 422.</summary>
    public const int MaxEvents = 300;

    /// <summary>The most pages that can hold <see cref="MaxEvents"/> at <see cref="MaxPageSize"/>.</summary>
    public const int MaxPages = 3;

    /// <summary>Redirects followed in a row before an answer counts as failed.</summary>
    public const int MaxRedirects = 5;

    /// <summary>How far back a feed reaches at most: 30 days since 30 January 2025, 90 before.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);
}
