using Microsoft.Extensions.Logging;
using RepoPulse.Events;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Shares out what each account may ask among the feeds that are polled with its tokens: where it does not suffice, all of them are polled more
/// rarely, those in no danger of overflowing first. Touched by the scheduler alone, but for <see cref="For"/>.
/// </summary>
internal sealed partial class PollBudget(TokenPool tokens, CollectorOptions options, CollectorStatus status, TimeProvider time, ILogger<PollBudget> logger)
{
    /// <summary>Of what is allowed, as much as is planned with: the rest is for first readings, redirects and chance.</summary>
    private const double PlannedShare = 0.9;

    private readonly Dictionary<FeedAddress, FeedPace> _paces = [];
    private volatile Dictionary<GitHubAccount, Stretch> _stretches = [];

    /// <summary>How the feeds of an account are stretched now.</summary>
    public Stretch For(GitHubAccount account) => _stretches.TryGetValue(account, out var stretch) ? stretch : Stretch.None;

    public void Note(FeedAddress feed, FeedPace pace) => _paces[feed] = pace;

    public void Forget(FeedAddress feed) => _paces.Remove(feed);

    /// <summary>Reckons anew. What it costs follows the number of feeds; once a minute is often enough.</summary>
    public void Balance()
    {
        var byAccount = new Dictionary<GitHubAccount, List<FeedPace>>();
        foreach (var (feed, pace) in _paces)
        {
            if (tokens.Select(feed) is not { } token)
                continue;
            if (!byAccount.TryGetValue(token.Account, out var paces))
                byAccount.Add(token.Account, paces = []);
            paces.Add(pace);
        }

        var stretches = byAccount.ToDictionary(pair => pair.Key, pair => Solve(pair.Key, pair.Value));
        var before = _stretches;
        _stretches = stretches;
        status.Stretched(stretches.Count == 0 ? 1 : stretches.Values.Max(stretch => Factor(stretch)));
        foreach (var (account, stretch) in stretches)
            Report(account, byAccount[account], before.GetValueOrDefault(account, Stretch.None), stretch);
    }

    /// <summary>
    /// How long it takes to poll so many feeds for the first time without leaving nothing for the others: each costs up to three requests.
    /// </summary>
    public TimeSpan SpreadOf(int newFeeds)
    {
        var perHour = tokens.Accounts.Sum(account => Allowed(account).Paid);
        return newFeeds * 3 <= perHour / 2 ? TimeSpan.Zero : TimeSpan.FromHours(newFeeds * 3 / Math.Max(perHour * PlannedShare, 1));
    }

    private Stretch Solve(GitHubAccount account, List<FeedPace> feeds)
        => StretchSolver.Solve(feeds, options.MinPollInterval, account.IsAnonymous, Allowed(account));

    private RequestAllowance Allowed(GitHubAccount account)
    {
        var (left, until) = account.RequestsLeft(time.GetUtcNow());
        // Towards the end of the hour a few requests more or less say nothing about the next one.
        var paid = left / Math.Max(until.TotalHours, 0.1);
        return new RequestAllowance(paid * PlannedShare, account.MaxRequestsPerMinute * 60 * PlannedShare);
    }

    private void Report(GitHubAccount account, List<FeedPace> feeds, Stretch before, Stretch now)
    {
        // Small changes come every minute; what people must know is that it began, grew much, or ended.
        if (Factor(now) < 1.05 ? Factor(before) < 1.05 : Factor(now) / Factor(before) is > 0.5 and < 2)
            return;
        var name = account.Tokens[0].Fingerprint;
        if (now == Stretch.None)
            LogSuffices(name, feeds.Count);
        else if (now.Overload > 1)
            LogOverload(name, feeds.Count, now.Overload);
        else
            LogStretched(name, feeds.Count, options.MaxPollInterval * Math.Min(now.Ease, 10_000));
    }

    private static double Factor(Stretch stretch) => stretch.Ease * stretch.Overload;

    [LoggerMessage(Level = LogLevel.Information, Message = "GitHub's limits for {Account} suffice for its {Feeds} feeds again")]
    private partial void LogSuffices(string account, int feeds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub's limits for {Account} do not suffice for its {Feeds} feeds at the wanted pace: idle ones are polled every {Interval} only. No event is lost by that, it comes later; more tokens of other users would help")]
    private partial void LogStretched(string account, int feeds, TimeSpan interval);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub's limits for {Account} are far too small for its {Feeds} feeds: all are polled {Factor:F1} times more rarely than is safe. Busy feeds will overflow and gaps be declared; use (more) tokens, of several users, or watch less")]
    private partial void LogOverload(string account, int feeds, double factor);
}
