namespace RepoPulse.Sql.Repositories;

/// <summary>That a repository bore a name at a time.</summary>
internal readonly record struct SeenName(long RepositoryId, RepositoryName Name, long At);
