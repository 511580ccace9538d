using System.Text;
using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace GitHubSimulator.Archive;

/// <summary>Lets the events of GH Archive happen again. But for their time they stay byte for byte as recorded.</summary>
public static class ArchivePlayer
{
    /// <summary>
    /// Reads files or folders and plays them. Repositories keep their ids; one that was renamed within the archive ends with its last name,
    /// and the former redirects.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read, or there is none.</exception>
    /// <exception cref="InvalidDataException">A file is not whole gzip.</exception>
    public static ArchiveSummary Play(GitHubWorld world, IEnumerable<string> paths, ArchiveTiming timing)
    {
        var lines = ArchiveReader.FindFiles(paths).SelectMany(ArchiveReader.ReadLines).Select(ArchiveLineParser.Parse).ToList();
        var events = lines.OfType<ArchivedEvent>().DistinctBy(e => (e.Id, e.CreatedAt)).OrderBy(e => e.CreatedAt).ToList();
        lock (world.Gate)
        {
            foreach (var archived in events)
                Publish(world, archived, timing.Shift(archived.CreatedAt, events[0].CreatedAt, events[^1].CreatedAt));
        }

        var skipped = lines.Count(line => line is null);
        return new ArchiveSummary(events.Count, lines.Count - skipped - events.Count, skipped);
    }

    private static void Publish(GitHubWorld world, ArchivedEvent archived, DateTimeOffset at)
    {
        var repository = Resolve(world, archived);
        repository.Add(new SimulatedEvent(
            repository, archived.Id, archived.Type, at, at, at,
            new KeptBody(WithTime(archived, GitHubTime.ToSecond(at)), repository.Owner)));
    }

    private static SimulatedRepository Resolve(GitHubWorld world, ArchivedEvent archived)
    {
        var owner = archived.RepositoryName[..archived.RepositoryName.IndexOf('/', StringComparison.Ordinal)];
        var isOrganization = owner.Equals(archived.Organization.Login, StringComparison.OrdinalIgnoreCase);
        if (world.FindRepository(archived.RepositoryId) is not { } known)
            return world.AddRepository(archived.RepositoryName, new RepositoryOptions
            {
                Id = archived.RepositoryId,
                OwnerIsOrganization = isOrganization,
                OwnerId = isOrganization ? archived.Organization.Id : null,
            });
        if (!known.FullName.Equals(archived.RepositoryName, StringComparison.OrdinalIgnoreCase))
            known.RenameTo(archived.RepositoryName);
        return known;
    }

    private static byte[] WithTime(ArchivedEvent archived, DateTimeOffset createdAt)
    {
        var line = archived.Line;
        return
        [
            .. line.AsSpan(0, archived.TimeStart),
            .. Encoding.ASCII.GetBytes($"\"{GitHubTime.Format(createdAt)}\""),
            .. line.AsSpan(archived.TimeStart + archived.TimeLength),
        ];
    }
}
