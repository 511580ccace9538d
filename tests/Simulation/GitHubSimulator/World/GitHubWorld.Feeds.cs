namespace GitHubSimulator.World;

public sealed partial class GitHubWorld
{
    /// <summary>What a repository's feed shows now to a user (null for anyone), newest first. Reading here is no request.</summary>
    public IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedRepository repository, string? login = null) =>
        ReadFeed(repository, login, Time.GetUtcNow());

    /// <summary>What an organization's feed shows now.</summary>
    public IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedOwner organization) => ReadFeed(organization, Time.GetUtcNow());

    /// <summary>What the public feed shows now.</summary>
    public IReadOnlyList<SimulatedEvent> ReadPublicFeed() => ReadPublicFeed(Time.GetUtcNow());

    /// <param name="asOf">Now, or a time before at which a replica has stopped.</param>
    internal IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedRepository repository, string? login, DateTimeOffset asOf)
    {
        lock (Gate)
        {
            CatchUp();
            return IsShown(repository, login) ? Snapshot(repository, asOf) : [];
        }
    }

    internal IReadOnlyList<SimulatedEvent> ReadFeed(SimulatedOwner organization, DateTimeOffset asOf)
    {
        lock (Gate)
        {
            CatchUp();
            // Public events alone, whatever token asks.
            return Merge(organization.Repositories, login: null, e => e.Owner == organization, asOf);
        }
    }

    internal IReadOnlyList<SimulatedEvent> ReadPublicFeed(DateTimeOffset asOf)
    {
        lock (Gate)
        {
            CatchUp();
            return Merge(Directory.All, login: null, _ => true, asOf);
        }
    }

    /// <summary>As the weather has it, too.</summary>
    internal Availability AvailabilityOf(SimulatedRepository repository)
    {
        lock (Gate)
        {
            var availability = repository.Availability;
            return availability == Availability.Available && Weather?.Feeds.HasVanished(repository, Now) == true
                ? Availability.NotFound
                : availability;
        }
    }

    /// <summary>As the weather has it, too.</summary>
    internal bool IsReadable(SimulatedRepository repository, string? login)
    {
        lock (Gate)
            return repository.IsReadableBy(login) && Weather?.Feeds.IsPrivateTo(repository, login, Now) != true;
    }

    private bool IsShown(SimulatedRepository repository, string? login) =>
        AvailabilityOf(repository) == Availability.Available && IsReadable(repository, login);

    private IReadOnlyList<SimulatedEvent> Merge(
        IEnumerable<SimulatedRepository> repositories, string? login, Func<SimulatedEvent, bool> isMeant, DateTimeOffset asOf) =>
        OwnerFeed.Merge(
            repositories.Where(repository => IsShown(repository, login)).Select(repository => Snapshot(repository, asOf)),
            isMeant,
            Options.FeedLength);

    private SimulatedEvent[] Snapshot(SimulatedRepository repository, DateTimeOffset asOf) =>
        (asOf == Time.GetUtcNow() ? repository.Events.Now(asOf) : repository.Events.At(asOf, Options.FeedLength)).Events;
}
