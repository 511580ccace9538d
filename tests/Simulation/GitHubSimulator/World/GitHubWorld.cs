using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.Traffic;

namespace GitHubSimulator.World;

/// <summary>
/// GitHub as a model, without HTTP: repositories and their feeds, users and their limits, errors to come, and what was asked and shown.
/// Time is the given clock's, real or virtual. Every member may be used from any thread while a server serves from it.
/// </summary>
public sealed partial class GitHubWorld
{
    private readonly Timeline _timeline = new();
    private FaultWeather? _weather;
    private int _activities;

    public GitHubWorld(TimeProvider time, WorldOptions? options = null)
    {
        Time = time;
        BeganAt = time.GetUtcNow();
        Options = options ?? new();
        PollInterval = Options.PollInterval;
        Random = new Random(Options.Seed);
        Ids = new EventIdSequence(new Random(Options.Seed + 1), BeganAt);
        Accounts = new AccountDirectory(this);
        Requests = new RequestLog(Options.KeptRequests);
    }

    public TimeProvider Time { get; }

    /// <summary>The clock's time when the world was made.</summary>
    public DateTimeOffset BeganAt { get; }

    public WorldOptions Options { get; }

    /// <summary>What <c>X-Poll-Interval</c> says from now on.</summary>
    public TimeSpan PollInterval { get; set; }

    public AccountDirectory Accounts { get; }

    public FaultPlan Faults { get; } = new();

    /// <summary>Errors over the whole run; null for none.</summary>
    public FaultWeather? Weather
    {
        get => _weather;
        set
        {
            lock (Gate)
            {
                _weather = value;
                foreach (var repository in Directory.All)
                {
                    repository.Events.Forget();
                    value?.Repositories.Watch(this, repository);
                }

                value?.Accounts.Watch(this);
            }
        }
    }

    public RequestLog Requests { get; }

    public ShownEvents Shown { get; } = new();

    public IReadOnlyList<SimulatedRepository> Repositories
    {
        get
        {
            lock (Gate)
                return [.. Directory.All];
        }
    }

    /// <summary>The clock's time, or the time at which something planned happens.</summary>
    internal DateTimeOffset Now => _timeline.ActingAt ?? Time.GetUtcNow();

    /// <summary>Guards the model.</summary>
    internal Lock Gate { get; } = new();

    internal RepositoryDirectory Directory { get; } = new();

    /// <summary>Of events that tests script.</summary>
    internal EventIdSequence Ids { get; }

    /// <summary>For what tests script; made-up events have their own draws, so that a script does not change them.</summary>
    internal Random Random { get; }

    /// <summary>The repository that has a name now, or a new public one of an organization.</summary>
    public SimulatedRepository Repository(string fullName)
    {
        lock (Gate)
            return FindRepository(fullName) is { Redirect: 0, Repository: { } repository } ? repository : AddRepository(fullName);
    }

    /// <summary>A new repository, even where the name is taken: the name is then the new one's, as after a deletion.</summary>
    public SimulatedRepository AddRepository(string fullName, RepositoryOptions? options = null)
    {
        lock (Gate)
        {
            var added = Directory.Add(this, fullName, options ?? new(), Now);
            Weather?.Repositories.Watch(this, added);
            return added;
        }
    }

    public SimulatedRepository? FindRepository(long id)
    {
        lock (Gate)
        {
            CatchUp();
            return Directory.ById(id);
        }
    }

    /// <summary>What a name stands for: a repository, a redirect to one, or nothing.</summary>
    public RepositoryLookup FindRepository(string fullName)
    {
        lock (Gate)
        {
            CatchUp();
            return Directory.ByName(fullName);
        }
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

    /// <summary>Plans something that happens as of a time, however late the world is next looked at.</summary>
    public void Schedule(DateTimeOffset at, Action action)
    {
        lock (Gate)
            _timeline.Add(at, action);
    }

    /// <summary>Lets what is planned happen up to now.</summary>
    internal void CatchUp()
    {
        lock (Gate)
            _timeline.AdvanceTo(Time.GetUtcNow());
    }

    /// <summary>The next of the activities that make events up.</summary>
    /// <exception cref="InvalidOperationException">There are as many as there can be.</exception>
    internal int NumberActivity() => _activities < ActivityIds.MaxRepositories
        ? _activities++
        : throw new InvalidOperationException($"No more than {ActivityIds.MaxRepositories} repositories can make events up in one world.");
}
