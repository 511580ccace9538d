using System.Globalization;

namespace RepoPulse.Sql.Postgres.Connections;

/// <summary>The advisory locks, each held to the end of a transaction.</summary>
internal static class PostgresLocks
{
    /// <summary>"RePu", so that other programs on the database are not met.</summary>
    private const int Space = 0x52655075;

    /// <summary>Giving out numbers of events.</summary>
    public static readonly string Events = Statement(1);

    /// <summary>Giving out versions of the catalog.</summary>
    public static readonly string Catalog = Statement(2);

    /// <summary>Bringing the schema up to date.</summary>
    public static readonly string Schema = Statement(3);

    /// <summary>Making the table's parts.</summary>
    public static readonly string Partitions = Statement(4);

    /// <summary>Sharing out feeds.</summary>
    public static readonly string Shares = Statement(5);

    private static string Statement(int number) => string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Space}, {number})");
}
