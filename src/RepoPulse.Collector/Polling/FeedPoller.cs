using Microsoft.Extensions.Logging;
using RepoPulse.Collector.Intake;
using RepoPulse.Events;
using RepoPulse.GitHub;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>Polls one feed once: asks, appends what came, and only then moves the cursor.</summary>
internal sealed partial class FeedPoller(
    GitHubClient client,
    TokenPool tokens,
    FeedSweeper sweeper,
    EventIntake intake,
    IFeedStore feeds,
    PollSchedule schedule,
    CollectorOptions options,
    CollectorMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<FeedPoller> logger)
{
    /// <summary>Polls a feed and answers it with the cursor that was stored for it.</summary>
    /// <exception cref="StorageException">What came could not be stored; the cursor has not moved, so it will come again.</exception>
    public async ValueTask<Feed> PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (tokens.Select(feed.Address) is not { } token)
                return await SaveRefusalAsync(feed, RepositoryState.Unauthorized, "no token is left that GitHub accepts", cancellationToken).ConfigureAwait(false);
            if (token.Limit.BlockedUntil is { } until)
                return Postpone(feed, until);

            // Behind an unchanged first page others may have changed: late events appear deep in a feed. It is read whole at least this often.
            var whole = feed.Cursor.LastSweptAt is not { } sweptAt || time.GetUtcNow() - sweptAt >= options.MaxPollInterval;
            var sweep = await sweeper.SweepAsync(feed, token, whole, cancellationToken).ConfigureAwait(false);
            if (sweep.Events.Count > 0)
                await intake.AcceptAsync(sweep.Events, EventSource.Poll, cancellationToken).ConfigureAwait(false);
            metrics.Malformed(EventSource.Poll, sweep.Malformed);
            if (sweep.Malformed > 0)
                LogMalformed(feed.Address, sweep.Fault ?? "");
            if (sweep.Ending == FeedAnswerKind.TokenRefused && !token.IsAnonymous)
                continue; // the others carry on
            metrics.Polled(sweep.Ending.ToString());
            return await ConcludeAsync(feed, token, sweep, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<Feed> ConcludeAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken) => sweep.Ending switch
    {
        _ when sweep.IsWhole || sweep.IsUnchanged => SaveSweepAsync(feed, token, sweep, cancellationToken),
        FeedAnswerKind.Limited => ValueTask.FromResult(Postpone(feed, sweep.RetryAt ?? time.GetUtcNow() + options.MaxPollInterval)),
        FeedAnswerKind.NotFound => SaveRefusalAsync(feed, RepositoryState.NotFound, sweep.Fault, cancellationToken),
        FeedAnswerKind.Gone => SaveRefusalAsync(feed, RepositoryState.Gone, sweep.Fault, cancellationToken),
        FeedAnswerKind.Blocked => SaveRefusalAsync(feed, RepositoryState.Blocked, sweep.Fault, cancellationToken),
        FeedAnswerKind.Forbidden or FeedAnswerKind.TokenRefused => SaveRefusalAsync(feed, RepositoryState.Unauthorized, sweep.Fault, cancellationToken),
        _ => SaveFailureAsync(feed, sweep, cancellationToken),
    };

    private async ValueTask<Feed> SaveSweepAsync(Feed feed, GitHubToken token, Sweep sweep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var cursor = feed.Cursor with
        {
            State = RepositoryState.Watching,
            MovedTo = sweep.MovedTo ?? feed.Cursor.MovedTo,
            LastPolledAt = sweep.StartedAt,
            PollInterval = sweep.PollInterval ?? feed.Cursor.PollInterval,
            Failures = 0,
        };
        SweepProof? proof = null;
        if (sweep.IsWhole)
        {
            proof = SweepProofs.Judge(feed.Cursor, sweep);
            cursor = cursor with { Token = token.Fingerprint, Pages = sweep.Pages, LastSweep = sweep.Keys, LastSweptAt = sweep.StartedAt };
        }

        var sightings = new List<NameSighting>();
        if (feed.Address.IsRepository)
            cursor = await IdentifyAsync(feed, cursor, sweep, token, sightings, cancellationToken).ConfigureAwait(false);
        var newestFirst = cursor.LastSweep.Select(key => key.CreatedAt).OrderDescending().ToArray();
        cursor = cursor with { NextPollAt = schedule.Next(now, newestFirst, cursor.PollInterval, random.NextDouble()) };
        await feeds.SaveAsync(feed.Address, cursor, proof, sightings, cancellationToken).ConfigureAwait(false);
        if (proof is { Contiguous: false, GapReason: { } reason })
        {
            metrics.GapDeclared();
            LogGap(feed.Address, feed.Cursor.LastSweptAt, reason);
        }

        LogPolled(feed.Address, sweep.Ending, sweep.Keys.Count, cursor.NextPollAt.Value);
        return feed with { Cursor = cursor };
    }

    /// <summary>Events name their repository; where there is none, or the feed has moved, GitHub is asked what it is called.</summary>
    private async ValueTask<FeedCursor> IdentifyAsync(
        Feed feed, FeedCursor cursor, Sweep sweep, GitHubToken token, List<NameSighting> sightings, CancellationToken cancellationToken)
    {
        var newest = sweep.Events.Where(e => e.HasRepository).Select(e => (e.Key, e.RepositoryId)).DefaultIfEmpty().MaxBy(e => e.Key);
        if (newest.RepositoryId != RepositoryId.None)
            cursor = cursor with { RepositoryId = newest.RepositoryId };
        if (cursor.RepositoryId != RepositoryId.None && sweep.MovedTo is null)
            return cursor;
        var answer = await client.GetRepositoryAsync(cursor.MovedTo ?? feed.Address.ToString(), token, cancellationToken).ConfigureAwait(false);
        if (answer.Kind != FeedAnswerKind.Page)
        {
            LogUnidentified(feed.Address, answer.Fault ?? answer.Kind.ToString());
            return sweep.MovedTo is null ? cursor : cursor with { MovedTo = feed.Cursor.MovedTo }; // asked again with the next poll
        }

        if (answer.Name != feed.Address.Repository)
        {
            // The name it is watched under leads to it, though no event may ever have borne it.
            sightings.Add(new NameSighting(feed.Address.Repository, sweep.StartedAt - TimeSpan.FromSeconds(1)));
            LogRenamed(feed.Address, answer.Name);
        }

        sightings.Add(new NameSighting(answer.Name, sweep.StartedAt));
        return cursor with { RepositoryId = answer.Id };
    }

    /// <summary>A limit concerns the token, not the feed: nothing is stored, the feed waits.</summary>
    private Feed Postpone(Feed feed, DateTimeOffset until)
        => feed with { Cursor = feed.Cursor with { NextPollAt = until + TimeSpan.FromSeconds(10 * random.NextDouble()) } };

    private async ValueTask<Feed> SaveRefusalAsync(Feed feed, RepositoryState state, string? fault, CancellationToken cancellationToken)
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
        await feeds.SaveAsync(feed.Address, cursor, null, [], cancellationToken).ConfigureAwait(false);
        LogRefused(feed.Address, state, fault ?? "", cursor.NextPollAt);
        return feed with { Cursor = cursor };
    }

    private async ValueTask<Feed> SaveFailureAsync(Feed feed, Sweep sweep, CancellationToken cancellationToken)
    {
        var failures = feed.Cursor.Failures + 1;
        var cursor = feed.Cursor with
        {
            LastPolledAt = sweep.StartedAt,
            Failures = failures,
            NextPollAt = schedule.AfterFailure(time.GetUtcNow(), failures, random.NextDouble()),
        };
        await feeds.SaveAsync(feed.Address, cursor, null, [], cancellationToken).ConfigureAwait(false);
        LogFailed(feed.Address, sweep.Fault ?? sweep.Ending.ToString(), cursor.NextPollAt.Value);
        return feed with { Cursor = cursor };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Polled {Feed}: {Answer}, {Events} events shown; next at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogPolled(FeedAddress feed, FeedAnswerKind answer, int events, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: events may be missing since {Since:yyyy-MM-ddTHH:mm:ssZ}, because {Reason}; the coverage says so")]
    private partial void LogGap(FeedAddress feed, DateTimeOffset? since, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: skipped what is no event ({Fault})")]
    private partial void LogMalformed(FeedAddress feed, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed} is now called {Name}")]
    private partial void LogRenamed(FeedAddress feed, RepositoryName name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: GitHub did not say which repository it is ({Fault})")]
    private partial void LogUnidentified(FeedAddress feed, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} is {State} ({Fault}); what is stored stays, asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogRefused(FeedAddress feed, RepositoryState state, string fault, DateTimeOffset? next);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Polling {Feed} failed ({Fault}); asked again at {Next:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogFailed(FeedAddress feed, string fault, DateTimeOffset next);
}
