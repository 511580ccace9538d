using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Confirms what a feed's readings say by one without conditions, through another account where there is one. GitHub was seen to respond
/// with 304 for days to one token while another saw new events, so that an unchanged response proves nothing for long. See
/// docs/decisions/0016-confirmation.md.
/// </summary>
internal sealed partial class FeedConfirmation(
    TokenPool tokens,
    FeedSweeper sweeper,
    GitHubClient client,
    CollectorOptions options,
    CollectorMetrics metrics,
    TimeProvider time,
    ILogger<FeedConfirmation> logger)
{
    /// <summary>Of a feed's intervals, so many out of 100 are shorter than the silence after which it is looked again.</summary>
    private const double UsualSilence = 0.99;

    /// <summary>Fewer intervals say nothing of what is usual.</summary>
    private const int MinIntervals = 20;

    /// <summary>So many of the newest events two readings must have in common to agree.</summary>
    private const int Compared = 30;

    private readonly ConcurrentDictionary<GitHubToken, TimeSpan> _staleSince = new();
    private int _confirmations;

    /// <summary>
    /// Whether a reading with this token confirms itself: not where its responses were found stale, and another account can say better.
    /// </summary>
    public bool IsBelieved(GitHubToken token) => !token.IsStale || tokens.SelectOther(token.Account, 0) is null;

    /// <summary>
    /// Whether a feed is to be confirmed: when the interval is over, after a silence that is longer than nearly all of the feed's, and with
    /// every poll while the token's responses are stale.
    /// </summary>
    /// <param name="isQuiet">Whether the poll brought nothing new.</param>
    public bool IsDue(FeedCursor cursor, GitHubToken token, bool isQuiet)
    {
        // A token that has no other to compare with is tried again after a while.
        if (token.IsStale && IsBelieved(token) && IsStaleFor(token, options.ConfirmInterval))
            Recover(token);
        var now = client.Clock.Now;
        return cursor.LastSweptAt is not null
            && (!IsBelieved(token)
                || cursor.ConfirmedAt is not { } confirmedAt
                || IsPast(confirmedAt, now)
                || (IsPast(cursor.ComparedAt ?? confirmedAt, now) && tokens.SelectOther(token.Account, 0) is not null)
                || (isQuiet
                    && UnusualFrom(cursor.Known, cursor.ChangedAt) is { } unusualFrom
                    && unusualFrom <= now
                    && confirmedAt < unusualFrom));
    }

    /// <summary>Reads a feed without conditions; null where that came to nothing.</summary>
    /// <param name="own">What the feed's own token showed just now.</param>
    /// <exception cref="StorageException">What came could not be stored.</exception>
    public async ValueTask<Sweep?> ReadAsync(Feed feed, Sweep own, GitHubToken token, CancellationToken cancellationToken)
    {
        if (tokens.SelectOther(token.Account, Interlocked.Increment(ref _confirmations)) is { } other)
        {
            var sweep = await sweeper.ConfirmAsync(feed, other, isConditional: false, cancellationToken);
            if (Lags(own, sweep))
                ReportStale(other);
            else if (sweep.Depth >= SweepDepth.Complete)
                return await CompareAsync(feed, own, sweep, token, cancellationToken);
        }

        // Nobody else sees the feed.
        var alone = await sweeper.ConfirmAsync(feed, token, isConditional: false, cancellationToken);
        alone.CanConfirm = IsBelieved(token);
        return alone.Depth >= SweepDepth.Complete ? await CompareAsync(feed, own, alone, token, cancellationToken) : null;
    }

    /// <summary>When the silence of a feed becomes longer than nearly all of its intervals; null where too few are known.</summary>
    /// <param name="changedAt">When a poll last brought something new: events appear late, so that the newest of a busy feed is old at
    /// every poll. Null where that is not known.</param>
    internal static DateTimeOffset? UnusualFrom(IReadOnlyList<EventKey> known, DateTimeOffset? changedAt)
    {
        if (known.Count <= MinIntervals)
            return null;
        var times = known.Select(key => key.CreatedAt.UtcTicks).ToArray();
        Array.Sort(times);
        var since = changedAt?.UtcTicks ?? times[^1];
        for (var i = times.Length - 1; i > 0; i--)
            times[i] -= times[i - 1];
        var intervals = times.AsSpan(1);
        intervals.Sort();
        var rank = UsualSilence * (intervals.Length - 1);
        var below = intervals[(int)rank];
        var above = intervals[Math.Min((int)rank + 1, intervals.Length - 1)];
        var usual = below + ((above - below) * (rank - Math.Floor(rank)));
        return DateTimeOffset.MaxValue.UtcTicks - since > usual ? new DateTimeOffset(since + (long)usual, TimeSpan.Zero) : null;
    }

    /// <summary>Whether the interval is over since a time; a time that lies ahead was written by a clock that was wrong.</summary>
    private bool IsPast(DateTimeOffset at, DateTimeOffset now) => at > now || now - at >= options.ConfirmInterval;

    /// <summary>Whether a reading lacks the newest event that another showed a moment before it.</summary>
    private static bool Lags(Sweep before, Sweep sweep)
    {
        if (sweep.Keys.Count == 0 || before.IsUnchanged || before.Keys.Count == 0 || sweep.Ending != FeedResponseKind.Page)
            return false;
        return !sweep.Keys.Contains(before.Keys.MaxBy(key => key.CreatedAt));
    }

    private async ValueTask<Sweep> CompareAsync(
        Feed feed, Sweep own, Sweep confirming, GitHubToken token, CancellationToken cancellationToken)
    {
        if (confirming.Entered == 0)
        {
            if (token.IsStale && confirming.Token != token.Fingerprint && Agree(own, confirming))
                Recover(token);
            metrics.Confirmed("agreed");
            return confirming;
        }

        // Events may have entered between the two readings, or late and further down than polls read: the token is asked again, as its
        // polls ask and as far down, for what it did not show.
        var again = await sweeper.ConfirmAsync(feed, token, isConditional: !token.IsStale, cancellationToken);
        var isStale = again.Depth != SweepDepth.Broken && !confirming.NewKeys.All(again.Keys.Contains);
        if (isStale)
            ReportStale(token);
        metrics.Confirmed(isStale ? "stale" : "newer");
        return confirming;
    }

    private static bool Agree(Sweep own, Sweep confirming) =>
        confirming.Keys.OrderByDescending(key => key.CreatedAt).Take(Compared).All(own.Keys.Contains);

    private void ReportStale(GitHubToken token)
    {
        _staleSince.TryAdd(token, time.GetSteadyNow());
        if (client.ReportStale(token))
            LogStale(token.Name);
    }

    private void Recover(GitHubToken token)
    {
        _staleSince.TryRemove(token, out _);
        if (GitHubClient.ReportFresh(token))
            LogFresh(token.Name);
    }

    private bool IsStaleFor(GitHubToken token, TimeSpan duration) =>
        !_staleSince.TryGetValue(token, out var since) || time.GetSteadyNow() - since >= duration;

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "GitHub's responses to {Token} are stale: they lack events that were shown otherwise at the same time. It is asked " +
            "without conditions until its responses agree with another token's")]
    private partial void LogStale(string token);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "GitHub's responses to {Token} are no longer stale")]
    private partial void LogFresh(string token);
}
