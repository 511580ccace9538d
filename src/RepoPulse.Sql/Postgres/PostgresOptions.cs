namespace RepoPulse.Sql.Postgres;

/// <summary>How a PostgreSQL database is used.</summary>
public sealed record PostgresOptions
{
    /// <summary>How to reach it, in Npgsql's form: <c>Host=db;Database=repopulse;Username=repopulse;Password=...</c></summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long events are kept; null for ever. Decides whether the log is kept in parts of a day or of a month.</summary>
    public TimeSpan? RetentionPeriod { get; init; }

    /// <summary>How long a collector has its feeds without saying that it lives.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>What is wrong with a connection string, in words that go on from its name; null where it can be tried.</summary>
    public static string? FindError(string connectionString) =>
        PostgresServer.TryParse(connectionString, out _, out var fault) ? null : fault;
}
