namespace RepoPulse.Events;

/// <summary>The stretch of time of which an archive was read to its end, from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive).</summary>
/// <param name="Repositories">Whose events it holds; null where it holds those of all public repositories, as an hour of GH Archive does.</param>
public sealed record ArchiveSpan(DateTimeOffset From, DateTimeOffset To, IReadOnlyCollection<RepositoryId>? Repositories);
