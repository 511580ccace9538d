using System.Buffers;
using GitHubSimulator.Events;

namespace GitHubSimulator.World;

/// <summary>A repository at the simulated GitHub. Its id stays through every rename.</summary>
public sealed class SimulatedRepository
{
    private readonly GitHubWorld _world;
    private readonly IReadOnlyCollection<string>? _readers;
    private readonly List<RepositoryIdentity> _identities = new(1);
    private readonly List<AvailabilityChange> _availabilities = new(0);
    private readonly BranchHeads _branches = new();

    internal SimulatedRepository(
        GitHubWorld world, long id, string fullName, SimulatedOwner owner, IReadOnlyCollection<string>? readers, DateTimeOffset createdAt)
    {
        _world = world;
        _readers = readers;
        Id = id;
        CreatedAt = createdAt;
        Events = new RepositoryEvents(world);
        _identities.Add(new RepositoryIdentity(DateTimeOffset.MinValue, fullName, owner));
        owner.Add(this);
    }

    public long Id { get; }

    /// <summary>The present name.</summary>
    public string FullName => Identity.FullName;

    public string Name => Identity.Name;

    public SimulatedOwner Owner => Identity.Owner;

    public DateTimeOffset CreatedAt { get; }

    public bool IsPrivate => _readers is not null;

    public Availability Availability
    {
        get => _availabilities is [.., var last] ? last.Availability : Availability.Available;
        set
        {
            lock (_world.Gate)
                _availabilities.Add(new AvailabilityChange(_world.Now, value));
        }
    }

    /// <summary>What it was called, from when on, the first name first.</summary>
    public IReadOnlyList<RepositoryIdentity> Identities
    {
        get
        {
            lock (_world.Gate)
                return [.. _identities];
        }
    }

    internal RepositoryIdentity Identity => _identities[^1];

    internal RepositoryEvents Events { get; }

    internal IReadOnlyList<AvailabilityChange> Availabilities => _availabilities;

    /// <summary>Lets an event happen, with a payload such as GitHub sends for its type since October 2025.</summary>
    /// <param name="at">When it happened; GitHub gives whole seconds, so that is what feeds show.</param>
    /// <param name="draft">What is to differ from an ordinary event that is visible at once.</param>
    public SimulatedEvent Add(string type, DateTimeOffset at, EventDraft? draft = null)
    {
        lock (_world.Gate)
        {
            draft ??= EventDraft.Ordinary;
            var id = draft.Id ?? _world.Ids.Next();
            var actor = draft.Actor is { } login ? new Actor(login) : Actor.Draw(_world.Random);
            var context = new PayloadContext(this, Identity, actor, GitHubTime.ToSecond(at), _world.Random) { Heads = _branches };
            var json = new ArrayBufferWriter<byte>(1024);
            EventWriter.Write(json, id, type, context, draft.Payload);
            return Add(new SimulatedEvent(
                this, id, type, at, at + draft.Delay, draft.RankAt ?? at, new KeptBody(json.WrittenSpan.ToArray(), Owner)));
        }
    }

    /// <summary>Renames or moves the repository: from now on the former name redirects, until another repository takes it.</summary>
    /// <param name="redirect">301 as a rule; 302 or 307 for a redirect that is not to be kept.</param>
    public void RenameTo(string fullName, int redirect = 301)
    {
        lock (_world.Gate)
        {
            var owner = _world.Directory.Rename(this, fullName, redirect);
            _identities.Add(new RepositoryIdentity(_world.Now, fullName, owner));
            owner.Add(this);
        }
    }

    internal SimulatedEvent Add(SimulatedEvent added)
    {
        Events.Add(added);
        return added;
    }

    internal RepositoryIdentity IdentityAt(DateTimeOffset time)
    {
        var index = _identities.Count - 1;
        while (index > 0 && _identities[index].From > time)
            index--;
        return _identities[index];
    }

    internal bool IsReadableBy(string? login) =>
        _readers is null || (login is not null && _readers.Contains(login, StringComparer.OrdinalIgnoreCase));
}
