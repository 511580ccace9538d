using RepoPulse.Core.Evidence;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// How far down a feed is to be read. A known event proves nothing about those below it: events appear up to hours late, below newer ones,
/// and pages shift while they are read. So a reading ends above the feed's end only below a run of events that are all known, and even then
/// it is complete only if they are older than anything that can have entered. See docs/decisions/0007-sweeps.md.
/// </summary>
internal sealed class SweepPlan
{
    /// <summary>Known events in a row after which a reading may end. Neighbours that are swapped reach over a handful.</summary>
    public const int Run = 30;

    /// <summary>
    /// New events after which a reading goes on to what came late: below the first page there is room for 200 until the first of those is
    /// pushed out. Two further pages for 60 events: no more than what is spent for them anyway.
    /// </summary>
    public const int DeepAfterEvents = 60;

    /// <summary>So long after it happened an event may appear.</summary>
    public static readonly TimeSpan MaxLatency = RepositoryEvidence.MaxLatency;

    /// <summary>What came late is looked for at least this often, however few events enter.</summary>
    public static readonly TimeSpan DeepAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// A feed is read to its end at least this often, whatever is assumed of it. Pages that have not changed cost nothing.
    /// </summary>
    public static readonly TimeSpan FullSweepAfter = TimeSpan.FromHours(24);

    /// <summary>After a feed had rows that are no events, it is read to its end again.</summary>
    public static readonly TimeSpan FullSweepAfterError = TimeSpan.FromMinutes(15);

    /// <summary>
    /// So long what looks wrong is read again before it is believed: longer than <see cref="DeepAfter"/>, so that it has been once.
    /// </summary>
    private static readonly TimeSpan MaxSuspicion = TimeSpan.FromMinutes(90);

    private readonly HashSet<EventKey> _known;
    private readonly DateTimeOffset _newestKnown;
    private readonly DateTimeOffset? _doubtsUntil;
    private readonly DateTimeOffset? _horizon;
    private readonly bool _isDeep;
    private readonly int _enteredSince;

    private SweepPlan(FeedCursor cursor, DateTimeOffset now, bool isConfirmation)
    {
        _known = [.. cursor.Known];
        _newestKnown = cursor.Known.Count == 0 ? DateTimeOffset.MinValue : cursor.Known.Max(key => key.CreatedAt);

        // Times that lie ahead were written by a clock that was wrong: everything is read, so that all of it is dated by the present one.
        var isAhead = cursor.LastSweptAt > now || cursor.SweptBeforeAt > now || cursor.LastFullSweepAt > now;
        _doubtsUntil = (cursor.LastSweptAt > now ? now : cursor.LastSweptAt) + MaxSuspicion;
        _enteredSince = cursor.EnteredSince;
        _isDeep = cursor.LastSweptAt is not { } sweptAt || now - sweptAt >= DeepAfter;

        // The last sweep but one: what the last had hidden from it, by a page that shifted or a response that left it out, is found by this
        // one.
        var isWhole = isAhead || cursor.LastFullSweepAt is not { } wholeAt || now - wholeAt >= FullSweepAfter;
        _horizon = isWhole ? null : (cursor.SweptBeforeAt ?? cursor.LastSweptAt) - MaxLatency;
        _isDeep |= isWhole;
        if (!isConfirmation)
            return;

        // What is to be confirmed is everything that was read since the last time.
        _horizon = isAhead || cursor.ConfirmedAt > now ? null : Earlier(_horizon, cursor.ConfirmedAt - MaxLatency);
        _isDeep = true;
    }

    public static SweepPlan For(FeedCursor cursor, DateTimeOffset now) => new(cursor, now, isConfirmation: false);

    /// <summary>For a reading without conditions, that confirms those since the last such one.</summary>
    public static SweepPlan ToConfirm(FeedCursor cursor, DateTimeOffset now) => new(cursor, now, isConfirmation: true);

    public bool IsKnown(EventKey key) => _known.Contains(key);

    /// <summary>How far down what was read so far reaches, if the reading ended here.</summary>
    public SweepDepth DepthOf(IReadOnlyList<EventKey> read)
    {
        if (read.Count < Run)
            return SweepDepth.Broken;
        var newest = DateTimeOffset.MinValue;
        for (var i = read.Count - Run; i < read.Count; i++)
        {
            if (!_known.Contains(read[i]))
                return SweepDepth.Broken;
            newest = read[i].CreatedAt > newest ? read[i].CreatedAt : newest;
        }

        return newest < _horizon ? SweepDepth.Complete : SweepDepth.Overlapping;
    }

    /// <summary>
    /// Whether a sweep may have hidden something for a while: it shows none of the newest events that are known, so it comes from a replica
    /// that lags behind.
    /// </summary>
    public bool IsSuspect(Sweep sweep) =>
        sweep.AsOf < _doubtsUntil
        && !sweep.IsUnchanged
        && sweep.Keys.Count > 0
        && !sweep.Keys.Exists(key => key.CreatedAt >= _newestKnown);

    /// <summary>The earlier of two; null, which is before all, where either is.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b is null ? null : a < b ? a : b;

    /// <summary>Whether a reading that may end is to go on all the same.</summary>
    /// <param name="entered">New events found by it so far.</param>
    public bool GoesOn(int entered) => _isDeep || _enteredSince + entered >= DeepAfterEvents;
}
