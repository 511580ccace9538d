using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>Stores what a poll came to: the cursor, what the sweep proves, and when the feed is polled again.</summary>
internal sealed partial class PollResultRecorder(
    IFeedStore feeds,
    RepositoryIdentity identity,
    PollIntervalPolicy schedule,
    RateLimitPlanner budget,
    CollectorMetrics metrics,
    GitHubClock gitHub,
    TimeProvider time,
    Random random,
    ILogger<PollResultRecorder> logger)
{
    /// <summary>A feed that shows nothing of what it showed is asked again so often before it is believed.</summary>
    private const int SuspectReadingsBeforeBelief = 3;

    /// <summary>What is polled before this had another process's time, or none.</summary>
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public ValueTask<PollResult> SaveAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken) =>
        sweep.Ending switch
    {
        _ when sweep.Depth != SweepDepth.Broken => SaveSweepAsync(feed, token, sweep, cancellationToken),
        FeedResponseKind.Limited =>
            ValueTask.FromResult(Postpone(feed, token, sweep.RetryAt ?? schedule.AfterFailure(time.GetUtcNow(), 1, 0))),
        FeedResponseKind.NotFound => SaveRefusalAsync(feed, RepositoryState.NotFound, sweep.Error, cancellationToken),
        FeedResponseKind.Gone => SaveRefusalAsync(feed, RepositoryState.Gone, sweep.Error, cancellationToken),
        FeedResponseKind.Blocked => SaveRefusalAsync(feed, RepositoryState.Blocked, sweep.Error, cancellationToken),
        FeedResponseKind.Forbidden or FeedResponseKind.TokenRefused =>
            SaveRefusalAsync(feed, RepositoryState.Unauthorized, sweep.Error, cancellationToken),
        _ => SaveFailureAsync(feed, sweep.StartedAt, sweep.Error ?? sweep.Ending.ToString(), cancellationToken),
    };

    /// <summary>A limit concerns the account, not the feed: nothing is stored, the feed waits.</summary>
    public PollResult Postpone(Feed feed, GitHubToken token, DateTimeOffset until)
    {
        var pace = schedule.Pace(gitHub.Now, feed.Cursor.Known);
        return new PollResult(
            feed.Cursor with { NextPollAt = schedule.AfterLimit(until, pace, budget.For(token.Account), random.NextDouble()) }, pace);
    }

    public async ValueTask<PollResult> SaveRefusalAsync(
        Feed feed, RepositoryState state, string? fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = feed.Cursor.State == state ? feed.Cursor.Failures + 1 : 1;
        var cursor = feed.Cursor with
        {
            State = state,
            LastPolledAt = now,
            Failures = failures,
            NextPollAt = state is RepositoryState.Gone or RepositoryState.Blocked
                ? null
                : schedule.AfterRefusal(now, failures, random.NextDouble()),
        };
        await StoreAsync(feed.Address, cursor, null, [], cancellationToken);
        LogRefused(feed.Address, state, fault ?? "", cursor.NextPollAt);
        return new PollResult(cursor, schedule.Pace(gitHub.Now, cursor.Known));
    }

    private async ValueTask<PollResult> SaveFailureAsync(
        Feed feed, DateTimeOffset polledAt, string fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = feed.Cursor.Failures + 1;
        var cursor = feed.Cursor with { LastPolledAt = polledAt, Failures = failures, NextPollAt = schedule.AfterFailure(
            now, failures, random.NextDouble()) };
        await StoreAsync(feed.Address, cursor, null, [], cancellationToken);
        LogFailed(feed.Address, fault, cursor.NextPollAt.Value);
        return new PollResult(cursor, schedule.Pace(gitHub.Now, cursor.Known));
    }

    private async ValueTask<PollResult> SaveSweepAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken)
    {
        var (id, sightings) = feed.Address.IsOrganization
            ? (RepositoryId.None, [])
            : await identity.LearnAsync(feed, sweep, token, cancellationToken);
        var last = feed.Cursor;
        if (feed.Address.IsRepository && last.RepositoryId != RepositoryId.None && id != RepositoryId.None && id != last.RepositoryId)
        {
            // Another repository has the name now: nothing of what was known is its own.
            LogSucceeded(feed.Address, last.RepositoryId, id);
            if (sweep.Depth != SweepDepth.ToEnd)
                return await SaveFailureAsync(
                    feed, sweep.StartedAt, "another repository bears the name, and its feed was not read to the end", cancellationToken);
            last = new FeedCursor();
        }
        else if (SweepProofs.IsSuspect(last, sweep) && last.Failures < SuspectReadingsBeforeBelief)
        {
            return await SaveFailureAsync(feed, sweep.StartedAt, "the feed shows nothing of what it showed", cancellationToken);
        }

        var now = time.GetUtcNow();
        var cursor = CursorAdvance.After(last, sweep) with
        {
            RepositoryId = id == RepositoryId.None ? last.RepositoryId : id,
            // Where the new address does not show whose it is, it is asked again with the next poll.
            MovedTo = sweep.MovedTo is null || id == RepositoryId.None ? last.MovedTo : sweep.MovedTo,
            NameCheckedAt = sweep.MovedTo is not null || RepositoryIdentity.IsNameCheckDue(feed, now) ? now : last.NameCheckedAt,
        };
        var pace = schedule.Pace(gitHub.Now, cursor.Known);
        var next = schedule.Next(now, pace, cursor.PollInterval, budget.For(token.Account), random.NextDouble());
        cursor = cursor with { EventsPerHour = pace.EventsPerHour, NextPollAt = sweep.RetryAt > next ? sweep.RetryAt : next };
        SweepProof? proof = sweep.Depth == SweepDepth.Overlapping ? null : SweepProofs.Judge(last, sweep, GapReason(last, sweep));
        if (!await StoreAsync(feed.Address, cursor, proof, sightings, cancellationToken))
            return new PollResult(cursor, pace);
        if (proof is { Contiguous: false, GapReason: { } reason })
        {
            metrics.GapDeclared();
            LogGap(feed.Address, proof.Value.BelievedUntil ?? last.LastSweptAt, reason);
        }

        foreach (var stretch in proof?.Unreadable ?? [])
        {
            metrics.GapDeclared();
            LogGap(feed.Address, stretch.From, CoverageLedger.UnreadableRows);
        }

        LogPolled(feed.Address, sweep.Ending, sweep.Depth, sweep.Entered, cursor.NextPollAt.Value);
        return await SucceedAsync(feed, token, new PollResult(cursor, pace), cancellationToken);
    }

    /// <summary>Lets the feed begin again where its name leads to another repository by now; the former goes on under its id.</summary>
    private async ValueTask<PollResult> SucceedAsync(Feed feed, GitHubToken token, PollResult result, CancellationToken cancellationToken)
    {
        if (await identity.FindSuccessorAsync(feed, time.GetUtcNow(), token, cancellationToken) is not { } successor)
            return result;
        LogSucceeded(feed.Address, feed.Cursor.RepositoryId, successor.Id);
        var cursor = new FeedCursor { RepositoryId = successor.Id };
        await StoreAsync(feed.Address, cursor, null, [new NameObservation(successor.Name, gitHub.Now)], cancellationToken);
        return new PollResult(cursor, schedule.Pace(gitHub.Now, []));
    }

    /// <summary>False where another collector has the feed by now: then it is that one's cursor that counts.</summary>
    private async ValueTask<bool> StoreAsync(
        FeedAddress feed,
        FeedCursor cursor,
        SweepProof? proof,
        IReadOnlyList<NameObservation> sightings,
        CancellationToken cancellationToken)
    {
        var isStored = await feeds.SaveAsync(feed, cursor, proof, sightings, cancellationToken);
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
        // Polled in the future: before the clock was put right, so as a rule by another process.
        { LastPolledAt: { } polledAt } when polledAt < _startedAt || polledAt > sweep.StartedAt =>
            "the collector was down for longer than the feed reaches back",
        { Failures: > 0 } => "pages of the feed failed for longer than it reaches back",
        { NextPollAt: { } due } when sweep.StartedAt - due > TimeSpan.FromMinutes(2) =>
            "limits kept the feed from being read before it overflowed",
        _ => "the feed overflowed between two sweeps",
    };

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Debug,
        Message = "Polled {Feed}: {Answer}, {Extent}, {Events} new events; next at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogPolled(FeedAddress feed, FeedResponseKind answer, SweepDepth extent, int events, DateTimeOffset next);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "{Feed} was taken over by another collector while it was polled; what came is stored, its cursor is left to that one")]
    private partial void LogOvertaken(FeedAddress feed);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "{Feed}: events may be missing since {Since:yyyy-MM-ddTHH:mm:ssZ}, because {Reason}; the coverage says so")]
    private partial void LogGap(FeedAddress feed, DateTimeOffset? since, string reason);

    [LoggerMessage(
        EventId = 4,
        Level = LogLevel.Warning,
        Message = "{Feed}: its name belonged to repository {Former} and belongs to {Successor} now; both are followed, and their " +
            "histories stay apart")]
    private partial void LogSucceeded(FeedAddress feed, RepositoryId former, RepositoryId successor);

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "{Feed} is {State} ({Fault}); what is stored stays, asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogRefused(FeedAddress feed, RepositoryState state, string fault, DateTimeOffset? next);

    [LoggerMessage(
        EventId = 6, Level = LogLevel.Warning, Message = "Polling {Feed} failed ({Fault}); asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogFailed(FeedAddress feed, string fault, DateTimeOffset next);
}
