namespace RepoPulse.Sql.Repositories;

/// <summary>A name that a repository bears or bore, as it is to be written.</summary>
/// <param name="Former">The stamp of the row in whose place it comes; 0 for a name that is new.</param>
/// <param name="Stamp">The version of the catalog that tells of it.</param>
internal readonly record struct NameRow(long Former, long Stamp, long RepositoryId, string Name, long LastSeenAt);
