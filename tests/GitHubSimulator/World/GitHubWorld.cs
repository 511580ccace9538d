using GitHubSimulator.Accounts;
using GitHubSimulator.Events;
using GitHubSimulator.Faults;
using GitHubSimulator.Traffic;

namespace GitHubSimulator.World;

/// <summary>
/// GitHub as a model, without HTTP: repositories and their feeds, users and their limits, faults to come, and what was asked and shown. Time is
/// the given clock's, real or virtual. Every member may be used from any thread while a server answers from it.
/// </summary>
public sealed class GitHubWorld
{
    private readonly PriorityQueue<SimulatedEvent, (DateTimeOffset VisibleAt, long Order)> _pending = new();
    private readonly List<IEventSource> _sources = [];
    private readonly EventFeed _everyone = new();
    private long _order;

    public GitHubWorld(TimeProvider time, WorldOptions? options = null)
    {
        Time = time;
        Options = options ?? new();
        PollInterval = Options.PollInterval;
        Random = new Random(Options.Seed);
        Factory = new EventFactory(new EventIdSequence(new Random(Options.Seed + 1), time.GetUtcNow()));
        Accounts = new AccountDirectory(Options);
    }

    public TimeProvider Time { get; }

    public WorldOptions Options { get; }

    /// <summary>What <c>X-Poll-Interval</c> says from now on.</summary>
    public TimeSpan PollInterval { get; set; }

    public AccountDirectory Accounts { get; }

    public FaultPlan Faults { get; } = new();

    /// <summary>Faults over the whole run; null for none.</summary>
    public FaultWeather? Weather { get; set; }

    public RequestLog Requests { get; } = new();

    public ShownEvents Shown { get; } = new();

    public IReadOnlyList<SimulatedRepository> Repositories
    {
        get
        {
            lock (Gate)
                return [.. Directory.All];
        }
    }

    /// <summary>Guards the model; held while event sources advance.</summary>
    internal Lock Gate { get; } = new();

    internal RepositoryDirectory Directory { get; } = new();

    internal EventFactory Factory { get; }

    /// <summary>For what tests script; sources have their own, so that a script does not change what they draw.</summary>
    internal Random Random { get; }

    /// <summary>The repository that bears a name now, or a new public one of an organization.</summary>
    public SimulatedRepository Repository(string fullName)
    {
        lock (Gate)
            return Directory.ByName(fullName) is { Redirect: 0, Repository: { } repository } ? repository : AddRepository(fullName);
    }

    /// <summary>A new repository, even where the name is taken: the name is then the new one's, as after a deletion.</summary>
    public SimulatedRepository AddRepository(string fullName, RepositoryOptions? options = null)
    {
        lock (Gate)
            return Directory.Add(this, fullName, options ?? new(), Time.GetUtcNow());
    }

    public SimulatedRepository? FindRepository(long id)
    {
        lock (Gate)
            return Directory.ById(id);
    }

    /// <summary>What a name stands for: a repository, a redirect to one, or nothing.</summary>
    public RepositoryLookup FindRepository(string fullName)
    {
        lock (Gate)
            return Directory.ByName(fullName);
    }

    public SimulatedOwner? FindOwner(string login)
    {
        lock (Gate)
            return Directory.Owner(login);
    }

    public SimulatedOwner? FindOwner(long id)
    {
        lock (Gate)
            return Directory.Owner(id);
    }

    /// <summary>Lets a source play from now on.</summary>
    public void Play(IEventSource source)
    {
        lock (Gate)
            _sources.Add(source);
    }

    /// <summary>What a repository's feed shows now to a user (null for anyone), newest first.</summary>
    public IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedRepository repository, string? login = null) => Read(repository.Feed, login);

    /// <summary>What an organization's feed shows now.</summary>
    public IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedOwner organization, string? login = null) => Read(organization.Feed, login);

    /// <summary>What the public feed shows now.</summary>
    public IReadOnlyList<SimulatedEvent> ReadPublicFeed() => Read(_everyone, login: null);

    /// <summary>Takes an event up; feeds show it from its time on.</summary>
    internal void Publish(SimulatedEvent added)
    {
        lock (Gate)
            _pending.Enqueue(added, (added.VisibleAt, _order++));
    }

    private List<SimulatedEvent> Read(EventFeed feed, string? login)
    {
        lock (Gate)
        {
            var now = Time.GetUtcNow();
            Advance(now);
            var oldest = now - Options.FeedAge;
            return feed.Newest(Options.FeedLength, IsShown);

            bool IsShown(SimulatedEvent e) =>
                e.CreatedAt >= oldest && e.Repository.Availability == Availability.Available && e.Repository.IsReadableBy(login);
        }
    }

    private void Advance(DateTimeOffset now)
    {
        foreach (var source in _sources)
            source.AdvanceTo(now);
        while (_pending.TryPeek(out var next, out _) && next.VisibleAt <= now)
        {
            _pending.Dequeue();
            next.Repository.Feed.Insert(next);
            _everyone.Insert(next);
            if (next.Repository.Owner.IsOrganization)
                next.Repository.Owner.Feed.Insert(next);
        }
    }
}
