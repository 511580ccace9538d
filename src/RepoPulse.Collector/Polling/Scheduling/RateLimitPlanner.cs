using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Shares out what each account may ask among the feeds that are polled with its tokens: where it does not suffice, all of them are polled
/// more rarely, those in no danger of overflowing first. Touched by the scheduler alone, but for <see cref="For"/>.
/// </summary>
internal sealed partial class RateLimitPlanner(
    TokenPool tokens,
    CollectorOptions options,
    CollectorStatus status,
    CollectorMetrics metrics,
    TimeProvider time,
    ILogger<RateLimitPlanner> logger)
{
    /// <summary>Of what is allowed, as much as is planned with: the rest is for first readings, redirects and chance.</summary>
    private const double PlannedShare = 0.9;

    /// <summary>What the first reading of a feed costs on average, of three pages at most.</summary>
    private const double FirstReading = 2.5;

    /// <summary>Of the limits, what first readings may take while there are any: the other feeds go on meanwhile.</summary>
    private const double FirstReadingsShare = 0.5;

    /// <summary>Of the limits, what readings without conditions may take at most: they must not slow down all others.</summary>
    private const double ConfirmationsShare = 0.5;

    /// <summary>
    /// However little is left of an hour, as much of the limit is planned with: what comes short is made up for by waiting, and the next
    /// hour comes.
    /// </summary>
    private const double MinimumShare = 0.25;

    private readonly Dictionary<FeedAddress, FeedPace> _paces = [];
    private readonly HashSet<FeedAddress> _unread = [];
    private volatile Dictionary<GitHubAccount, SlowdownFactor> _stretches = [];

    /// <summary>How the feeds of an account are slowed down now.</summary>
    public SlowdownFactor For(GitHubAccount account) => _stretches.TryGetValue(account, out var stretch) ? stretch : SlowdownFactor.None;

    public void Note(FeedAddress feed, FeedPace pace)
    {
        _unread.Remove(feed);
        _paces[feed] = pace;
    }

    /// <summary>Notes a feed that was never read.</summary>
    public void NoteUnread(FeedAddress feed) => _unread.Add(feed);

    public void Forget(FeedAddress feed)
    {
        _unread.Remove(feed);
        _paces.Remove(feed);
    }

    /// <summary>Reckons again. What it costs follows the number of feeds; once a minute is often enough.</summary>
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

        var unread = _unread.Count / (double)Math.Max(1, tokens.Accounts.Count);
        var stretches = byAccount.ToDictionary(pair => pair.Key, pair => Solve(pair.Key, pair.Value, unread));
        var before = _stretches;
        _stretches = stretches;
        var factor = byAccount.Count == 0 ? 1 : byAccount.Max(pair => Factor(pair.Value, stretches[pair.Key]));
        status.SetSlowdown(factor);
        metrics.RecordSlowdown(factor);
        foreach (var (account, stretch) in stretches)
            Report(account, byAccount[account], before.GetValueOrDefault(account, SlowdownFactor.None), stretch);
    }

    /// <summary>
    /// How long it takes to poll so many feeds for the first time without leaving nothing for the others: each costs up to three requests.
    /// </summary>
    public TimeSpan SpreadOf(int newFeeds)
    {
        var perHour = tokens.Accounts.Sum(account => Allowed(account).Paid) * FirstReadingsShare;
        return newFeeds * FirstReading <= perHour ? TimeSpan.Zero : TimeSpan.FromHours(newFeeds * FirstReading / Math.Max(perHour, 1));
    }

    private SlowdownFactor Solve(GitHubAccount account, List<FeedPace> feeds, double unread)
    {
        var allowed = Allowed(account);
        allowed = allowed with { Paid = allowed.Paid - Math.Min(unread * FirstReading, allowed.Paid * FirstReadingsShare) };
        allowed = allowed with { Paid = allowed.Paid - Math.Min(Confirmations(feeds), allowed.Paid * ConfirmationsShare) };
        return SlowdownSolver.Solve(
            feeds, options.MinPollInterval, account.IsAnonymous || account.Tokens.Any(token => token.IsStale), allowed);
    }

    /// <summary>
    /// Readings without conditions, an hour: one an interval, and one for each silence that is longer than 99 of 100 of a feed's.
    /// </summary>
    private double Confirmations(List<FeedPace> feeds) =>
        (feeds.Count / options.ConfirmInterval.TotalHours) + (feeds.Sum(feed => feed.EventsPerHour) / 100);

    private RequestAllowance Allowed(GitHubAccount account)
    {
        var (left, until) = account.RequestsLeft(time.GetUtcNow());
        // Towards the end of the hour a few requests more or less say nothing about the next one.
        var limit = account.Primary?.Limit - account.Reserve ?? left / Math.Max(until.TotalHours, 0.1);
        var paid = Math.Max(left / Math.Max(until.TotalHours, 0.1), limit * MinimumShare);
        return new RequestAllowance(
            paid * PlannedShare / account.Collectors, account.MaxRequestsPerMinute * 60 * PlannedShare / account.Collectors);
    }

    private void Report(GitHubAccount account, List<FeedPace> feeds, SlowdownFactor before, SlowdownFactor now)
    {
        // Small changes come every minute; what people must know is that it began, grew much, or ended.
        var (was, factor) = (Factor(feeds, before), Factor(feeds, now));
        if (factor < 1.05 ? was < 1.05 : factor / was is > 0.5 and < 2)
            return;
        if (now.Overload > 1)
            LogOverload(account.Name, feeds.Count, now.Overload);
        else if (factor < 1.05)
            LogSuffices(account.Name, feeds.Count);
        else
            LogSlowedDown(account.Name, feeds.Count, factor);
    }

    /// <summary>How many times more rarely than wanted feeds are polled, on average.</summary>
    private double Factor(List<FeedPace> feeds, SlowdownFactor stretch)
    {
        var (wanted, given) = (0.0, 0.0);
        foreach (var feed in feeds)
        {
            wanted += 1 / PollIntervalPolicy.Interval(feed, options.MinPollInterval, SlowdownFactor.None).TotalHours;
            given += 1 / PollIntervalPolicy.Interval(feed, options.MinPollInterval, stretch).TotalHours;
        }

        return feeds.Count == 0 ? 1 : wanted / given;
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "GitHub's limits for {Account} suffice for its {Feeds} feeds again")]
    private partial void LogSuffices(string account, int feeds);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "GitHub's limits for {Account} do not suffice for its {Feeds} feeds at the wanted pace: they are polled {Factor:F1} " +
            "times more rarely on average. No event is lost by that, it comes later; tokens of other users would help")]
    private partial void LogSlowedDown(string account, int feeds, double factor);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "GitHub's limits for {Account} are far too small for its {Feeds} feeds: all are polled {Factor:F1} times more rarely " +
            "than is safe. Busy feeds will overflow and gaps be declared; use (more) tokens, of several users, or watch less")]
    private partial void LogOverload(string account, int feeds, double factor);
}
