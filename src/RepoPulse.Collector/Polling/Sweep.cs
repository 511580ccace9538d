using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;

namespace RepoPulse.Collector.Polling;

/// <summary>What one reading of a feed brought, whether or not it came to the feed's end.</summary>
internal sealed class Sweep(DateTimeOffset startedAt)
{
    /// <summary>When the first request was made: what entered the feed later need not be in the sweep.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>How the last request was answered.</summary>
    public FeedAnswerKind Ending { get; set; } = FeedAnswerKind.Failed;

    /// <summary>Whether every page was read or confirmed unchanged.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether the first page was unchanged and the others were left alone.</summary>
    public bool IsUnchanged { get; set; }

    /// <summary>The events of the pages that were answered in full, in the feed's order.</summary>
    public List<GitHubEvent> Events { get; } = [];

    /// <summary>Every event shown, those of unchanged pages included, in the feed's order; twice where the pages shifted while they were read.</summary>
    public List<EventKey> Keys { get; } = [];

    /// <summary>Rows shown, those that are no events included.</summary>
    public int Rows { get; set; }

    public List<FeedPage> Pages { get; } = [];

    /// <summary>Parts of pages that are no events.</summary>
    public int Malformed { get; set; }

    public TimeSpan? PollInterval { get; set; }

    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Where a permanent redirect says that the feed lives now; null where none did.</summary>
    public string? MovedTo { get; set; }

    public string? Fault { get; set; }

    /// <summary>Whether the feed may hold more than it shows.</summary>
    public bool IsFull => Rows >= FeedLimits.MaxEvents;
}
