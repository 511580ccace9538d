namespace RepoPulse.Benchmarks.Postgres;

/// <summary>A row of the event table, its payload compressed as it was stored.</summary>
internal sealed record StoredRow(
    long Number, long CreatedAt, long EventId, long RepositoryId, int TypeId, short Source, int Dictionary, byte[] Json);
