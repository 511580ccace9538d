using GitHubSimulator.Truth;

namespace GitHubSimulator.World;

public sealed partial class GitHubWorld
{
    /// <summary>
    /// What a repository's feed shows now to a user (null for anyone), newest first: identities alone. Reading here is no request.
    /// </summary>
    public IReadOnlyList<ShownEvent> VisibleNow(SimulatedRepository repository, string? login = null) =>
        [.. ReadFeed(repository, login).Select(e => e.ToKey())];

    /// <summary>Everything that happened in a repository, whether or not a feed ever showed it, in order of time.</summary>
    public IReadOnlyList<SimulatedEvent> EventsOf(SimulatedRepository repository, DateTimeOffset from, DateTimeOffset until)
    {
        lock (Gate)
        {
            CatchUp();
            return repository.Events.Happened(from, until);
        }
    }

    /// <summary>
    /// When each event stood in its repository's feed, as far as it did within an interval that is over. What a lagging replica or an error
    /// made of an response is not in it; <see cref="Traffic.RequestRecord.AsOf"/> says the one, <see cref="Traffic.RequestRecord.IsWhole"/>
    /// the other.
    /// </summary>
    /// <param name="login">To whom, where that matters.</param>
    public IReadOnlyList<Visibility> Visibilities(
        SimulatedRepository repository, DateTimeOffset from, DateTimeOffset until, string? login = null)
    {
        lock (Gate)
        {
            CatchUp();
            return VisibilityRecorder.Record(this, repository, login, from, until);
        }
    }

    /// <summary>
    /// How many pages of 100 of a repository's feed differed from the poll before, over all polls: the least requests that could have
    /// brought what was new. At the first poll every page counts.
    /// </summary>
    /// <param name="polls">In order.</param>
    public long CountChangedPages(SimulatedRepository repository, IReadOnlyList<DateTimeOffset> polls)
    {
        lock (Gate)
            return polls.Count == 0 ? 0 : ChangedPages.Count(new FeedReplay(this, [repository], _ => true, polls[0], polls[^1]), polls);
    }

    /// <summary>The same of an organization's feed.</summary>
    public long CountChangedPages(SimulatedOwner organization, IReadOnlyList<DateTimeOffset> polls)
    {
        lock (Gate)
        {
            return polls.Count == 0
                ? 0
                : ChangedPages.Count(
                    new FeedReplay(this, organization.Repositories, e => e.Owner == organization, polls[0], polls[^1]), polls);
        }
    }
}
