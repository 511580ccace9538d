using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>Stores what a poll came to: the cursor, what the sweep proves, and when the feed is polled again.</summary>
internal sealed partial class PollOutcomes(
    IFeedStore feeds,
    RepositoryIdentity identity,
    PollSchedule schedule,
    PollBudget budget,
    CollectorMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<PollOutcomes> logger)
{
    /// <summary>A feed that shows nothing of what it showed is asked again so often before it is believed.</summary>
    private const int DoubtsBeforeBelief = 3;

    /// <summary>What is polled before this had another process's time, or none.</summary>
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public ValueTask<PollResult> SaveAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken) => sweep.Ending switch
    {
        _ when sweep.Extent != SweepExtent.Broken => SaveSweepAsync(feed, token, sweep, cancellationToken),
        FeedAnswerKind.Limited => ValueTask.FromResult(Postpone(feed, token, sweep.RetryAt ?? schedule.AfterFailure(time.GetUtcNow(), 1, 0))),
        FeedAnswerKind.NotFound => SaveRefusalAsync(feed, RepositoryState.NotFound, sweep.Fault, cancellationToken),
        FeedAnswerKind.Gone => SaveRefusalAsync(feed, RepositoryState.Gone, sweep.Fault, cancellationToken),
        FeedAnswerKind.Blocked => SaveRefusalAsync(feed, RepositoryState.Blocked, sweep.Fault, cancellationToken),
        FeedAnswerKind.Forbidden or FeedAnswerKind.TokenRefused => SaveRefusalAsync(feed, RepositoryState.Unauthorized, sweep.Fault, cancellationToken),
        _ => SaveFailureAsync(feed, sweep.StartedAt, sweep.Fault ?? sweep.Ending.ToString(), cancellationToken),
    };

    /// <summary>A limit concerns the account, not the feed: nothing is stored, the feed waits.</summary>
    public PollResult Postpone(Feed feed, GitHubToken token, DateTimeOffset until)
    {
        var pace = schedule.Pace(time.GetUtcNow(), feed.Cursor.Known);
        return new PollResult(feed.Cursor with { NextPollAt = schedule.AfterLimit(until, pace, budget.For(token.Account), random.NextDouble()) }, pace);
    }

    public async ValueTask<PollResult> SaveRefusalAsync(Feed feed, RepositoryState state, string? fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = feed.Cursor.State == state ? feed.Cursor.Failures + 1 : 1;
        var cursor = feed.Cursor with
        {
            State = state,
            LastPolledAt = now,
            Failures = failures,
            NextPollAt = state is RepositoryState.Gone or RepositoryState.Blocked ? null : schedule.AfterRefusal(now, failures, random.NextDouble()),
        };
        await StoreAsync(feed.Address, cursor, null, [], cancellationToken).ConfigureAwait(false);
        LogRefused(feed.Address, state, fault ?? "", cursor.NextPollAt);
        return new PollResult(cursor, schedule.Pace(now, cursor.Known));
    }

    private async ValueTask<PollResult> SaveFailureAsync(Feed feed, DateTimeOffset polledAt, string fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = feed.Cursor.Failures + 1;
        var cursor = feed.Cursor with { LastPolledAt = polledAt, Failures = failures, NextPollAt = schedule.AfterFailure(now, failures, random.NextDouble()) };
        await StoreAsync(feed.Address, cursor, null, [], cancellationToken).ConfigureAwait(false);
        LogFailed(feed.Address, fault, cursor.NextPollAt.Value);
        return new PollResult(cursor, schedule.Pace(now, cursor.Known));
    }

    private async ValueTask<PollResult> SaveSweepAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken)
    {
        var (id, sightings) = feed.Address.IsOrganization
            ? (RepositoryId.None, [])
            : await identity.LearnAsync(feed, sweep, token, cancellationToken).ConfigureAwait(false);
        var last = feed.Cursor;
        if (feed.Address.IsRepository && last.RepositoryId != RepositoryId.None && id != RepositoryId.None && id != last.RepositoryId)
        {
            // Another repository bears the name now: nothing of what was known is its own.
            LogSucceeded(feed.Address, last.RepositoryId, id);
            if (sweep.Extent != SweepExtent.Whole)
                return await SaveFailureAsync(feed, sweep.StartedAt, "another repository bears the name, and its feed was not read to the end", cancellationToken).ConfigureAwait(false);
            last = new FeedCursor();
        }
        else if (SweepProofs.IsDoubtful(last, sweep) && last.Failures < DoubtsBeforeBelief)
        {
            return await SaveFailureAsync(feed, sweep.StartedAt, "the feed shows nothing of what it showed", cancellationToken).ConfigureAwait(false);
        }

        var now = time.GetUtcNow();
        var cursor = CursorAdvance.After(last, sweep, token.Fingerprint) with
        {
            RepositoryId = id == RepositoryId.None ? last.RepositoryId : id,
            // Where the new address could not be told whose it is, it is asked again with the next poll.
            MovedTo = sweep.MovedTo is null || id == RepositoryId.None ? last.MovedTo : sweep.MovedTo,
            NameCheckedAt = sweep.MovedTo is not null || RepositoryIdentity.IsNameCheckDue(feed, now) ? now : last.NameCheckedAt,
        };
        var pace = schedule.Pace(now, cursor.Known);
        var next = schedule.Next(now, pace, cursor.PollInterval, budget.For(token.Account), random.NextDouble());
        cursor = cursor with { EventsPerHour = pace.EventsPerHour, NextPollAt = sweep.RetryAt > next ? sweep.RetryAt : next };
        SweepProof? proof = sweep.Extent == SweepExtent.Overlapping ? null : SweepProofs.Judge(last, sweep, GapReason(last, sweep));
        if (!await StoreAsync(feed.Address, cursor, proof, sightings, cancellationToken).ConfigureAwait(false))
            return new PollResult(cursor, pace);
        if (proof is { Contiguous: false, GapReason: { } reason })
        {
            metrics.GapDeclared();
            LogGap(feed.Address, last.LastSweptAt, reason);
        }

        LogPolled(feed.Address, sweep.Ending, sweep.Extent, sweep.Entered, cursor.NextPollAt.Value);
        return await SucceedAsync(feed, token, new PollResult(cursor, pace), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the feed begin anew where its name leads to another repository by now; the former goes on under its id.</summary>
    private async ValueTask<PollResult> SucceedAsync(Feed feed, GitHubToken token, PollResult result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await identity.FindSuccessorAsync(feed, now, token, cancellationToken).ConfigureAwait(false) is not { } successor)
            return result;
        LogSucceeded(feed.Address, feed.Cursor.RepositoryId, successor.Id);
        var cursor = new FeedCursor { RepositoryId = successor.Id };
        await StoreAsync(feed.Address, cursor, null, [new NameSighting(successor.Name, now)], cancellationToken).ConfigureAwait(false);
        return new PollResult(cursor, schedule.Pace(now, []));
    }

    /// <summary>False where another collector has the feed by now: then it is that one's cursor that counts.</summary>
    private async ValueTask<bool> StoreAsync(
        FeedAddress feed, FeedCursor cursor, SweepProof? proof, IReadOnlyList<NameSighting> sightings, CancellationToken cancellationToken)
    {
        var isStored = await feeds.SaveAsync(feed, cursor, proof, sightings, cancellationToken).ConfigureAwait(false);
        if (!isStored)
        {
            metrics.Overtaken();
            LogOvertaken(feed);
        }

        return isStored;
    }

    private string GapReason(FeedCursor last, Sweep sweep) => last switch
    {
        { State: RepositoryState.NotFound or RepositoryState.Unauthorized } => "no token could see the feed for a while",
        { LastPolledAt: { } polledAt } when polledAt < _startedAt => "the collector was down for longer than the feed reaches back",
        { Failures: > 0 } => "pages of the feed failed for longer than it reaches back",
        { NextPollAt: { } due } when sweep.StartedAt - due > TimeSpan.FromMinutes(2) => "limits kept the feed from being read before it overflowed",
        _ => "the feed overflowed between two sweeps",
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Polled {Feed}: {Answer}, {Extent}, {Events} new events; next at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogPolled(FeedAddress feed, FeedAnswerKind answer, SweepExtent extent, int events, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed} was taken over by another collector while it was polled; what came is stored, its cursor is left to that one")]
    private partial void LogOvertaken(FeedAddress feed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: events may be missing since {Since:yyyy-MM-ddTHH:mm:ssZ}, because {Reason}; the coverage says so")]
    private partial void LogGap(FeedAddress feed, DateTimeOffset? since, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: its name belonged to repository {Former} and belongs to {Successor} now; both are followed, and their histories stay apart")]
    private partial void LogSucceeded(FeedAddress feed, RepositoryId former, RepositoryId successor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} is {State} ({Fault}); what is stored stays, asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogRefused(FeedAddress feed, RepositoryState state, string fault, DateTimeOffset? next);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Polling {Feed} failed ({Fault}); asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogFailed(FeedAddress feed, string fault, DateTimeOffset next);
}
