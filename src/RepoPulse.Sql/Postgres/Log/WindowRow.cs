namespace RepoPulse.Sql.Postgres.Log;

/// <summary>What a fold needs of an event.</summary>
internal readonly record struct WindowRow(long CreatedAt, long EventId, long RepositoryId, int TypeId);
