using GitHubSimulator.Events;

namespace GitHubSimulator.World;

/// <summary>A repository at the simulated GitHub. Its id stays through every rename.</summary>
public sealed class SimulatedRepository
{
    private readonly GitHubWorld _world;
    private readonly IReadOnlyCollection<string>? _readers;
    private Availability _availability;

    internal SimulatedRepository(
        GitHubWorld world, long id, string fullName, SimulatedOwner owner, IReadOnlyCollection<string>? readers, DateTimeOffset createdAt)
    {
        _world = world;
        _readers = readers;
        Id = id;
        FullName = fullName;
        Owner = owner;
        CreatedAt = createdAt;
    }

    public long Id { get; }

    /// <summary>The present name.</summary>
    public string FullName { get; private set; }

    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public SimulatedOwner Owner { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public bool IsPrivate => _readers is not null;

    public Availability Availability
    {
        get => _availability;
        set
        {
            lock (_world.Gate)
                _availability = value;
        }
    }

    internal EventFeed Feed { get; } = new();

    /// <summary>Lets an event happen, with a payload such as GitHub sends for its type since October 2025.</summary>
    /// <param name="at">When it happened; GitHub tells whole seconds, so that is what is kept.</param>
    /// <param name="draft">What is to differ from an ordinary event that is visible at once.</param>
    public SimulatedEvent Add(string type, DateTimeOffset at, EventDraft? draft = null)
    {
        lock (_world.Gate)
        {
            var added = _world.Factory.Create(this, type, at, draft ?? EventDraft.Ordinary, _world.Random);
            _world.Publish(added);
            return added;
        }
    }

    /// <summary>Renames or moves the repository: from now on the former name redirects, until another repository takes it.</summary>
    /// <param name="redirect">301 as a rule; 302 or 307 for a redirect that is not to be kept.</param>
    public void RenameTo(string fullName, int redirect = 301)
    {
        lock (_world.Gate)
        {
            Owner = _world.Directory.Rename(this, fullName, redirect);
            FullName = fullName;
        }
    }

    internal bool IsReadableBy(string? login) =>
        _readers is null || (login is not null && _readers.Contains(login, StringComparer.OrdinalIgnoreCase));
}
