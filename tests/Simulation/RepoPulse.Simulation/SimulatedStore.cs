namespace RepoPulse.Simulation;

/// <summary>
/// A store that outlives the collectors that write to it, with the promises of the seams and nothing else: what it was given before a
/// collector died is there for the next. It reports every cursor that it stores.
/// </summary>
public sealed class SimulatedStore : IEventLogWriter, IEventRetention, IFeedStore, IWatchList
{
    private readonly Dictionary<FeedAddress, FeedCursor> _cursors = [];
    private readonly Dictionary<FeedAddress, CoverageLedger> _coverage = [];
    private readonly Dictionary<FeedAddress, FeedAddress> _origins = [];
    private HashSet<FeedAddress> _watched = [];

    /// <summary>Whether the events are kept; where nobody asks for them they are only counted.</summary>
    public bool KeepsEvents { get; set; } = true;

    /// <summary>Every event held, whichever collector brought it.</summary>
    public Dictionary<EventKey, GitHubEvent> Events { get; } = [];

    /// <summary>In the order of the appends, repeated ones included: what a fold would read.</summary>
    public List<GitHubEvent> Log { get; } = [];

    public IReadOnlyDictionary<FeedAddress, FeedCursor> Cursors => _cursors;

    /// <summary>Called after a cursor was stored: the feed, what was stored, and what was proven.</summary>
    public Action<FeedAddress, FeedCursor, SweepProof?>? Saved { get; set; }

    public CoverageLedger CoverageOf(FeedAddress feed) => _coverage.GetValueOrDefault(feed, CoverageLedger.Empty);

    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!KeepsEvents)
            return ValueTask.FromResult(new AppendResult(events.Count, 0));
        var appended = 0;
        foreach (var e in events)
        {
            // Without its JSON: a run holds a million of them.
            var kept = e with { Json = default };
            Log.Add(kept);
            appended += Events.TryAdd(e.Key, kept) ? 1 : 0;
        }

        return ValueTask.FromResult(new AppendResult(appended, events.Count - appended));
    }

    public ValueTask<int> DeleteStepAsync(DateTimeOffset cutoff, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    public ValueTask RegisterAsync(
        string collector, IReadOnlyCollection<FeedAddress> feeds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _watched = [.. feeds];
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<WatchedFeed>> ReadWatchedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var followed = _origins.Where(pair => _watched.Contains(pair.Value)).Select(pair => pair.Key);
        return ValueTask.FromResult<IReadOnlyList<WatchedFeed>>(
            [.. _watched.Concat(followed).Order(Comparer<FeedAddress>.Create(Compare)).Select(Describe)]);
    }

    public ValueTask<FeedCursor> ReadCursorAsync(FeedAddress feed, CancellationToken cancellationToken)
        => ValueTask.FromResult(_cursors.GetValueOrDefault(feed) ?? new FeedCursor());

    public ValueTask<bool> SaveAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var before = _cursors.GetValueOrDefault(feed) ?? new FeedCursor();
        if (before.RepositoryId != RepositoryId.None && before.RepositoryId != cursor.RepositoryId)
            Succeed(feed, before);

        _cursors[feed] = cursor;
        if (proof is { } proven)
            _coverage[feed] = CoverageOf(feed).Apply(proven);
        Saved?.Invoke(feed, cursor, proof);
        return ValueTask.FromResult(true);
    }

    public ValueTask NoteArchiveAsync(ArchiveSpan archive, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static int Compare(FeedAddress left, FeedAddress right) => string.CompareOrdinal(left.ToString(), right.ToString());

    /// <summary>The former bearer of a feed's name goes on under its id.</summary>
    private void Succeed(FeedAddress feed, FeedCursor former)
    {
        var byId = FeedAddress.OfRepositoryId(former.RepositoryId);
        _cursors[byId] = former;
        _coverage[byId] = CoverageOf(feed);
        _coverage.Remove(feed);
        _origins[byId] = feed;
    }

    private WatchedFeed Describe(FeedAddress feed)
    {
        var cursor = _cursors.GetValueOrDefault(feed) ?? new FeedCursor();
        return new WatchedFeed(feed)
        {
            LastPolledAt = cursor.LastPolledAt,
            NextPollAt = cursor.NextPollAt,
            EventsPerHour = cursor.EventsPerHour
        };
    }
}
