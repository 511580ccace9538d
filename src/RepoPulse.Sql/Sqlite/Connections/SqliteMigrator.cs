using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RepoPulse.Sql.Sqlite;

/// <summary>
/// Brings a file to the present schema: numbered scripts, forward only, the number of the last one in the file's own header. Why no
/// library: docs/decisions/0003-log-in-sqlite.md.
/// </summary>
internal static class SqliteMigrator
{
    /// <summary>Written into the header, so that another program's database is distinguished from an empty one: "RePu".</summary>
    private const int ApplicationId = 0x52655075;

    private static readonly string[] Scripts = [.. typeof(SqliteMigrator).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("sqlite/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <exception cref="StorageException">The file belongs to a newer version or to another program.</exception>
    public static void Migrate(SqliteSession session, string path)
    {
        // In one snapshot, so that no other process finishes between two of the questions.
        if (session.Snapshot(snapshot => IsCurrent(snapshot, path)))
            return;
        SwitchToLog(session);
        session.Write(transaction =>
        {
            // Another process may have done it while this one waited for the lock.
            if (IsCurrent(transaction, path))
                return true;
            for (var version = Version(transaction); version < Scripts.Length; version++)
                transaction.Execute(Read(Scripts[version]));
            transaction.Execute(string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Scripts.Length}"));
            return true;
        });
    }

    /// <summary>
    /// Where several processes switch at once SQLite returns "busy" without waiting; an empty transaction waits for the others.
    /// </summary>
    private static void SwitchToLog(SqliteSession session)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                session.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY && attempt < 20)
            {
                session.Write(static _ => true);
            }
        }
    }

    private static bool IsCurrent(SqliteSession session, string path)
    {
        var (application, version) = (session.Scalar("PRAGMA application_id"), Version(session));
        if (application != ApplicationId && (version != 0 || session.Scalar("SELECT count(*) FROM sqlite_schema") != 0))
        {
            throw new StorageException(
                $"'{path}' is a database of another program. Name another file in Storage:ConnectionString.", isTransient: false);
        }

        return version <= Scripts.Length
            ? version == Scripts.Length
            : throw new StorageException(
                $"'{path}' was written by a newer version of RepoPulse (its schema is {version}, this version knows {Scripts.Length}). "
                + "Use that version, or name another file in Storage:ConnectionString.", isTransient: false);
    }

    private static int Version(SqliteSession session) => (int)session.Scalar("PRAGMA user_version");

    private static string Read(string script)
    {
        using var stream = typeof(SqliteMigrator).Assembly.GetManifestResourceStream(script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
