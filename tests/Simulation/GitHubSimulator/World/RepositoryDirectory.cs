namespace GitHubSimulator.World;

/// <summary>Names, former names and ids of repositories, and their owners. Not thread-safe: the world's lock guards it.</summary>
internal sealed class RepositoryDirectory
{
    private readonly Dictionary<long, SimulatedRepository> _byId = [];
    private readonly Dictionary<string, SimulatedRepository> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RepositoryLookup> _former = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SimulatedOwner> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, SimulatedOwner> _ownersById = [];

    public IReadOnlyCollection<SimulatedRepository> All => _byId.Values;

    public SimulatedRepository? ById(long id) => _byId.GetValueOrDefault(id);

    /// <summary>A present name hides a former one.</summary>
    public RepositoryLookup ByName(string fullName) =>
        _byName.TryGetValue(fullName, out var repository) ? new(repository, 0) : _former.GetValueOrDefault(fullName);

    public SimulatedOwner? Owner(string login) => _owners.GetValueOrDefault(login);

    public SimulatedOwner? Owner(long id) => _ownersById.GetValueOrDefault(id);

    public SimulatedOwner OwnerOrNew(string login, long? id, bool isOrganization)
    {
        if (_owners.TryGetValue(login, out var owner))
            return owner;
        owner = new SimulatedOwner(login, FreeId(_ownersById, id ?? StableId.Of(login)), isOrganization);
        _owners.Add(login, owner);
        _ownersById.Add(owner.Id, owner);
        return owner;
    }

    /// <summary>A new repository takes its name from whichever has had it: that one is then found by its id alone.</summary>
    public SimulatedRepository Add(GitHubWorld world, string fullName, RepositoryOptions options, DateTimeOffset createdAt)
    {
        var owner = OwnerOrNew(OwnerOf(fullName), options.OwnerId, options.OwnerIsOrganization);
        var id = FreeId(_byId, options.Id ?? StableId.Of(fullName));
        var repository = new SimulatedRepository(world, id, fullName, owner, options.Readers, createdAt);
        _byId.Add(id, repository);
        _byName[fullName] = repository;
        return repository;
    }

    public SimulatedOwner Rename(SimulatedRepository repository, string fullName, int redirect)
    {
        if (_byName.TryGetValue(repository.FullName, out var bearer) && bearer == repository)
        {
            _byName.Remove(repository.FullName);
            _former[repository.FullName] = new RepositoryLookup(repository, redirect);
        }

        _byName[fullName] = repository;
        return OwnerOrNew(OwnerOf(fullName), id: null, repository.Owner.IsOrganization);
    }

    private static string OwnerOf(string fullName)
    {
        var parts = fullName.Split('/');
        return parts is [{ Length: > 0 } owner, { Length: > 0 }]
            ? owner
            : throw new ArgumentException(
                $"'{fullName}' is not a repository: owner/name is needed, for instance dotnet/runtime.", nameof(fullName));
    }

    private static long FreeId<T>(Dictionary<long, T> taken, long id)
    {
        while (taken.ContainsKey(id))
            id++;
        return id;
    }
}
