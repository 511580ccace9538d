using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>What one reading of a feed brought, whether or not it came to the feed's end.</summary>
/// <param name="token">The fingerprint of the token that it is read with.</param>
internal sealed class Sweep(DateTimeOffset startedAt, string token)
{
    private readonly HashSet<EventKey> _entered = [];
    private (int Pages, int Keys, int Rows) _firm;

    /// <summary>When the first request was made, by the machine's clock.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    public string Token => token;

    /// <summary>Whether it was read without conditions, to confirm the readings before it.</summary>
    public bool IsConfirmation { get; init; }

    /// <summary>
    /// Whether it confirms what it shows, should it be complete: not where the token's responses were found stale and another's can say.
    /// </summary>
    public bool CanConfirm { get; set; } = true;

    /// <summary>The same by GitHub's clock, which dates the events: what entered the feed later need not be in the sweep.</summary>
    public DateTimeOffset AsOf { get; set; } = startedAt;

    /// <summary>How the last request was served.</summary>
    public FeedResponseKind Ending { get; set; } = FeedResponseKind.Failed;

    public SweepDepth Depth { get; private set; }

    /// <summary>
    /// Every event shown, those of unchanged pages included, in the feed's order; twice where the pages shifted while they were read.
    /// </summary>
    public List<EventKey> Keys { get; } = [];

    /// <summary>Rows shown, those that are no events included.</summary>
    public int Rows { get; private set; }

    public List<FeedPage> Pages { get; } = [];

    /// <summary>Whether every page that was asked for is as it was.</summary>
    public bool IsUnchanged { get; private set; } = true;

    /// <summary>Whether every page that was read was served in full: no part of it rests on a response that said "unchanged".</summary>
    public bool IsServedInFull { get; private set; } = true;

    /// <summary>Events that were not known before.</summary>
    public IReadOnlyCollection<EventKey> NewKeys => _entered;

    public int Entered => _entered.Count;

    /// <summary>The newest event of a page that was served in full, and whose it is.</summary>
    public (EventKey Key, RepositoryId Repository) Newest { get; private set; }

    /// <summary>Parts of pages that are no events, by how many of <see cref="Keys"/> stand above each.</summary>
    public List<int> Malformed { get; } = [];

    public TimeSpan? PollInterval { get; set; }

    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Where a permanent redirect says that the feed lives now; null where none did.</summary>
    public string? MovedTo { get; set; }

    public string? Error { get; set; }

    /// <summary>Whether the feed may hold more than it shows.</summary>
    public bool IsFull => Rows >= FeedLimits.MaxEvents;

    /// <summary>Takes note of a page that is as it was, with the keys that it brought then.</summary>
    public void Repeat(FeedPage page, IEnumerable<EventKey> keys)
    {
        IsServedInFull = false;
        Keys.AddRange(keys);
        Rows += page.Events;
        Pages.Add(page);
    }

    /// <summary>Takes note of a page that was served in full; its events follow.</summary>
    public void Begin(FeedPage page, int rows)
    {
        IsUnchanged = false;
        Rows += rows;
        Pages.Add(page);
    }

    /// <summary>Takes note of an event; false where it was known before the sweep or has come in it already.</summary>
    public bool Take(in GitHubEvent e, SweepPlan plan)
    {
        Keys.Add(e.Key);
        if (e.HasRepository && (Newest.Repository == RepositoryId.None || e.Key.CompareTo(Newest.Key) > 0))
            Newest = (e.Key, e.RepositoryId);
        return !plan.IsKnown(e.Key) && _entered.Add(e.Key);
    }

    /// <summary>
    /// Notes that the reading overlaps what is known without doubt: should it break off further down, it holds as far as here.
    /// </summary>
    public void MarkCheckpoint() => _firm = (Pages.Count, Keys.Count, Rows);

    /// <summary>What was read holds, but it does not say how things stand now.</summary>
    public void ProveNothing() => Depth = Depth == SweepDepth.Broken ? SweepDepth.Broken : SweepDepth.Overlapping;

    public void MarkReadToEnd() => Depth = SweepDepth.ToEnd;

    /// <summary>Ends the reading, as far as it holds.</summary>
    public void End(SweepDepth extent)
    {
        Depth = extent;
        if (extent != SweepDepth.Broken || _firm.Pages == 0)
            return;
        Depth = SweepDepth.Overlapping;
        Pages.RemoveRange(_firm.Pages, Pages.Count - _firm.Pages);
        Keys.RemoveRange(_firm.Keys, Keys.Count - _firm.Keys);
        Rows = _firm.Rows;
        Malformed.RemoveAll(above => above > _firm.Keys);
    }
}

/// <summary>How far down a reading of a feed came.</summary>
internal enum SweepDepth
{
    /// <summary>Broken off where nothing is proven: what came is stored, the cursor stays.</summary>
    Broken,

    /// <summary>Down to events that are known without doubt. Events that came late may lie below.</summary>
    Overlapping,

    /// <summary>Below anything that can have entered since the last complete sweep but one.</summary>
    Complete,

    /// <summary>To the feed's end: complete, and more.</summary>
    ToEnd,
}
