namespace RepoPulse.Commands.Export;

/// <summary>Finds repositories by their names, former ones too.</summary>
internal static class ExportedRepositories
{
    /// <summary>
    /// The ids, and the names that nobody ever had. Of several repositories that had one name, the one last seen under it is meant.
    /// </summary>
    public static (IReadOnlyList<RepositoryId> Ids, IReadOnlyList<RepositoryName> Unknown) Find(
        IReadOnlyList<Repository> repositories, IReadOnlyList<RepositoryName> names)
    {
        var bearers = new Dictionary<RepositoryName, (RepositoryId Id, DateTimeOffset LastSeenAt)>();
        var wanted = names.ToHashSet();
        foreach (var repository in repositories)
        {
            foreach (var (name, at) in repository.Names.Where(sighting => wanted.Contains(sighting.Name)))
            {
                if (!bearers.TryGetValue(name, out var bearer) || bearer.LastSeenAt < at)
                    bearers[name] = (repository.Id, at);
            }
        }

        return (
            // One without an id has not responded yet, and so has no events.
            [.. wanted.Where(bearers.ContainsKey).Select(name => bearers[name].Id).Where(id => id != RepositoryId.None)],
            [.. wanted.Where(name => !bearers.ContainsKey(name))]);
    }
}
