using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>Polls one feed once: finds a token that sees it, reads it, and gives the outcome to be stored.</summary>
internal sealed partial class FeedPoller(
    TokenPool tokens, FeedSweeper sweeper, PollOutcomes outcomes, CollectorMetrics metrics, ILogger<FeedPoller> logger)
{
    /// <summary>Polls a feed and answers with the cursor that was stored for it.</summary>
    /// <exception cref="StorageException">What came could not be stored; the cursor has not moved, so it will come again.</exception>
    public async ValueTask<PollResult> PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (tokens.Select(feed.Address, feed.Cursor.PinnedToken) is not { } token)
                return await outcomes.SaveRefusalAsync(feed, RepositoryState.Unauthorized, "no token is left that GitHub accepts", cancellationToken).ConfigureAwait(false);
            if (token.Account.BlockedUntil is { } until)
                return outcomes.Postpone(feed, token, until);
            var sweep = await SweepAsync(feed, token, cancellationToken).ConfigureAwait(false);
            if (IsOutOfSight(sweep))
                (feed, sweep, token) = await LookElsewhereAsync(feed, sweep, token, cancellationToken).ConfigureAwait(false);
            if (sweep.Ending == FeedAnswerKind.TokenRefused && !token.IsAnonymous && sweep.Extent == SweepExtent.Broken)
                continue; // the others carry on
            metrics.Polled(sweep.Ending.ToString());
            return await outcomes.SaveAsync(feed, token, sweep, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsOutOfSight(Sweep sweep) => sweep.Extent == SweepExtent.Broken && sweep.Ending is FeedAnswerKind.NotFound or FeedAnswerKind.Forbidden;

    /// <summary>
    /// GitHub answers 404 to who may not see a repository, so tokens of other accounts are tried; and a repository whose name another has taken is
    /// still found by its id.
    /// </summary>
    private async ValueTask<(Feed Feed, Sweep Sweep, GitHubToken Token)> LookElsewhereAsync(
        Feed feed, Sweep sweep, GitHubToken token, CancellationToken cancellationToken)
    {
        foreach (var account in tokens.Accounts)
        {
            if (account == token.Account || account.BlockedUntil is not null || account.Tokens.FirstOrDefault(candidate => !candidate.IsRefused) is not { } other)
                continue;
            var seen = await SweepAsync(feed, other, cancellationToken).ConfigureAwait(false);
            if (seen.Extent == SweepExtent.Broken)
                continue;
            LogSeen(feed.Address, other.Fingerprint);
            return (feed with { Cursor = feed.Cursor with { PinnedToken = other.Fingerprint } }, seen, other);
        }

        if (feed.Address.IsRepository && feed.Cursor is { MovedTo: null, RepositoryId: var id } && id != RepositoryId.None)
        {
            var path = FeedAddress.OfRepositoryId(id).ToString();
            var byId = feed with { Cursor = feed.Cursor with { MovedTo = path } };
            var seen = await SweepAsync(byId, token, cancellationToken).ConfigureAwait(false);
            if (seen.Extent != SweepExtent.Broken)
            {
                seen.MovedTo ??= path;
                return (byId, seen, token);
            }
        }

        return (feed, sweep, token);
    }

    private async ValueTask<Sweep> SweepAsync(Feed feed, GitHubToken token, CancellationToken cancellationToken)
    {
        var sweep = await sweeper.SweepAsync(feed, token, cancellationToken).ConfigureAwait(false);
        metrics.Malformed(EventSource.Poll, sweep.Malformed);
        if (sweep.Malformed > 0)
            LogMalformed(feed.Address, sweep.Fault ?? "");
        return sweep;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: skipped what is no event ({Fault})")]
    private partial void LogMalformed(FeedAddress feed, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed} is seen by the token {Fingerprint} and not by the one whose turn it was; it stays with that one")]
    private partial void LogSeen(FeedAddress feed, string fingerprint);
}
