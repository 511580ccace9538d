using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>Polls one feed once: finds a token that sees it, reads it, and gives the outcome to be stored.</summary>
internal sealed partial class FeedPoller(
    TokenPool tokens,
    FeedSweeper sweeper,
    FeedConfirmation confirmation,
    PollResultRecorder outcomes,
    CollectorMetrics metrics,
    ILogger<FeedPoller> logger)
{
    /// <summary>Polls a feed and returns the cursor that was stored for it.</summary>
    /// <exception cref="StorageException">What came could not be stored; the cursor has not moved, so it will come again.</exception>
    public async ValueTask<PollResult> PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (tokens.Select(feed.Address, feed.Cursor.PinnedToken) is not { } token)
                return await outcomes.SaveRefusalAsync(
                    feed, RepositoryState.Unauthorized, "no token is left that GitHub accepts", cancellationToken);
            if (token.Account.BlockedUntil is { } until)
                return outcomes.Postpone(feed, token, until);
            var sweep = await SweepAsync(feed, token, cancellationToken);
            if (IsOutOfSight(sweep))
                (feed, sweep, token) = await LookElsewhereAsync(feed, sweep, token, cancellationToken);
            if (sweep.Ending == FeedResponseKind.TokenRefused && !token.IsAnonymous && sweep.Depth == SweepDepth.Broken)
                continue; // the others carry on
            metrics.Polled(sweep.Ending.ToString());
            sweep.CanConfirm = confirmation.IsBelieved(token);
            var result = await outcomes.SaveAsync(feed, token, sweep, cancellationToken);
            return sweep.Depth == SweepDepth.Broken || !confirmation.IsDue(result.Cursor, token, sweep.Entered == 0)
                ? result
                : await ConfirmAsync(feed with { Cursor = result.Cursor }, sweep, token, cancellationToken) ?? result;
        }
    }

    /// <summary>Null where nothing was confirmed: then it is tried again with the next poll.</summary>
    private async ValueTask<PollResult?> ConfirmAsync(
        Feed feed, Sweep sweep, GitHubToken token, CancellationToken cancellationToken)
    {
        if (await confirmation.ReadAsync(feed, sweep, token, cancellationToken) is not { } confirming)
            return null;
        Note(feed, confirming);
        return await outcomes.SaveAsync(feed, token, confirming, cancellationToken);
    }

    private static bool IsOutOfSight(Sweep sweep) =>
        sweep.Depth == SweepDepth.Broken && sweep.Ending is FeedResponseKind.NotFound or FeedResponseKind.Forbidden;

    /// <summary>
    /// GitHub responds with 404 to an account that may not see a repository, so tokens of other accounts are tried; and a repository whose
    /// name another has taken is still found by its id.
    /// </summary>
    private async ValueTask<(Feed Feed, Sweep Sweep, GitHubToken Token)> LookElsewhereAsync(
        Feed feed, Sweep sweep, GitHubToken token, CancellationToken cancellationToken)
    {
        foreach (var account in tokens.Accounts)
        {
            if (account == token.Account
                || account.BlockedUntil is not null
                || account.Tokens.FirstOrDefault(candidate => !candidate.IsRefused) is not { } other)
                continue;
            var seen = await SweepAsync(feed, other, cancellationToken);
            if (seen.Depth == SweepDepth.Broken)
                continue;
            LogSeen(feed.Address, other.Fingerprint);
            return (feed with { Cursor = feed.Cursor with { PinnedToken = other.Fingerprint } }, seen, other);
        }

        if (feed.Address.IsRepository && feed.Cursor is { MovedTo: null, RepositoryId: var id } && id != RepositoryId.None)
        {
            var path = FeedAddress.OfRepositoryId(id).ToString();
            var byId = feed with { Cursor = feed.Cursor with { MovedTo = path } };
            var seen = await SweepAsync(byId, token, cancellationToken);
            if (seen.Depth != SweepDepth.Broken)
            {
                seen.MovedTo ??= path;
                return (byId, seen, token);
            }
        }

        return (feed, sweep, token);
    }

    private async ValueTask<Sweep> SweepAsync(Feed feed, GitHubToken token, CancellationToken cancellationToken)
    {
        var sweep = await sweeper.SweepAsync(feed, token, cancellationToken);
        Note(feed, sweep);
        return sweep;
    }

    private void Note(Feed feed, Sweep sweep)
    {
        metrics.Malformed(EventSource.Poll, sweep.Malformed.Count);
        if (sweep.Malformed.Count > 0)
            LogMalformed(feed.Address, sweep.Error ?? "");
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Feed}: skipped what is no event ({Fault})")]
    private partial void LogMalformed(FeedAddress feed, string fault);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "{Feed} is seen by the token {Fingerprint} and not by the one whose turn it was; it stays with that one")]
    private partial void LogSeen(FeedAddress feed, string fingerprint);
}

/// <summary>What a poll came to.</summary>
/// <param name="Cursor">As stored; where a limit kept the feed from being polled, as it was but for the next poll.</param>
/// <param name="Pace">What is known of the feed's pace.</param>
internal readonly record struct PollResult(FeedCursor Cursor, FeedPace Pace);
