using System.Globalization;

namespace RepoPulse.Sql.Postgres;

/// <summary>The advisory locks, each held to the end of a transaction.</summary>
internal static class PostgresLocks
{
    /// <summary>"RePu", so that other programs on the database are not met.</summary>
    private const int Space = 0x52655075;

    /// <summary>Giving out numbers of events.</summary>
    public static readonly string Events = Bounded(1);

    /// <summary>Giving out versions of the catalog.</summary>
    public static readonly string Catalog = Bounded(2);

    /// <summary>Bringing the schema up to date.</summary>
    public static readonly string Schema = Statement(3);

    /// <summary>Making the table's parts.</summary>
    public static readonly string Partitions = Statement(4);

    /// <summary>Sharing out feeds.</summary>
    public static readonly string Leases = Statement(5);

    /// <summary>
    /// With a bound for each statement that follows in the transaction: a process that is stopped in the midst of one, and lives, must not
    /// keep all others waiting for ever.
    /// </summary>
    private static string Bounded(int number) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT set_config('statement_timeout', '20s', true), pg_advisory_xact_lock({Space}, {number})");

    private static string Statement(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Space}, {number})");
}
