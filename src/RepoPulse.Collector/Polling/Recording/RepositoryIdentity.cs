using Microsoft.Extensions.Logging;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Which repository a feed belongs to, and what it is called. Events name their repository; GitHub is asked only where they cannot say: an
/// empty feed, a redirect, a feed that shows nothing of what it showed.
/// </summary>
internal sealed partial class RepositoryIdentity(GitHubClient client, ILogger<RepositoryIdentity> logger)
{
    /// <summary>How often it is looked whether a feed that moved has left its name to another repository.</summary>
    private static readonly TimeSpan NameCheckInterval = TimeSpan.FromHours(6);

    /// <summary>
    /// The repository that a sweep's events name; where they name none, or the feed has moved, the one that GitHub does. None if that
    /// fails.
    /// </summary>
    public async ValueTask<(RepositoryId Id, IReadOnlyList<NameObservation> Sightings)> LearnAsync(
        Feed feed, Sweep sweep, GitHubToken token, CancellationToken cancellationToken)
    {
        var cursor = feed.Cursor;
        var seen = sweep.Newest.Repository;
        var id = seen != RepositoryId.None ? seen : cursor.RepositoryId;
        if (sweep.MovedTo is null && (seen != RepositoryId.None || (id != RepositoryId.None && !SweepProofs.IsSuspect(cursor, sweep))))
            return (id, []);
        var answer = await AskAsync(sweep.MovedTo ?? cursor.MovedTo ?? feed.Address.ToString(), feed, token, cancellationToken);
        if (answer.Kind != FeedResponseKind.Page)
            return (sweep.MovedTo is null ? id : RepositoryId.None, []);

        var sightings = new List<NameObservation>();
        if (feed.Address.IsRepository && answer.Name != feed.Address.Repository)
        {
            // The name it is watched under leads to it, though no event may ever have had it.
            sightings.Add(new NameObservation(feed.Address.Repository, sweep.AsOf - TimeSpan.FromSeconds(1)));
            LogRenamed(feed.Address, answer.Name);
        }

        sightings.Add(new NameObservation(answer.Name, sweep.AsOf));
        return (answer.Id, sightings);
    }

    /// <summary>
    /// Whether the name of a feed that has moved leads to another repository by now, and to which. Null where it does not, or it is not
    /// time to ask.
    /// </summary>
    public async ValueTask<RepositoryResponse?> FindSuccessorAsync(
        Feed feed, DateTimeOffset now, GitHubToken token, CancellationToken cancellationToken)
    {
        if (!IsNameCheckDue(feed, now))
            return null;
        var answer = await AskAsync(feed.Address.ToString(), feed, token, cancellationToken);
        return answer.Kind == FeedResponseKind.Page && answer.Id != feed.Cursor.RepositoryId ? answer : null;
    }

    public static bool IsNameCheckDue(Feed feed, DateTimeOffset now) =>
        feed.Address.IsRepository
            && feed.Cursor is { MovedTo: not null, NameCheckedAt: { } checkedAt }
            && (now < checkedAt || now - checkedAt >= NameCheckInterval);

    private async ValueTask<RepositoryResponse> AskAsync(string path, Feed feed, GitHubToken token, CancellationToken cancellationToken)
    {
        var answer = await client.GetRepositoryAsync(path, token, cancellationToken);
        if (answer.Kind != FeedResponseKind.Page)
            LogUnidentified(feed.Address, answer.Error ?? answer.Kind.ToString());
        return answer;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Feed} is now called {Name}")]
    private partial void LogRenamed(FeedAddress feed, RepositoryName name);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Feed}: GitHub did not say which repository it is ({Fault})")]
    private partial void LogUnidentified(FeedAddress feed, string fault);
}
