namespace RepoPulse.Kafka.Feeds;

/// <summary>That an archive was imported: of all repositories, or of those named.</summary>
internal sealed record ArchiveRecord(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<long>? Repositories)
{
    public bool IsOf(RepositoryId repository) => Repositories is null || (repository != RepositoryId.None && Repositories.Contains(repository.Value));
}
