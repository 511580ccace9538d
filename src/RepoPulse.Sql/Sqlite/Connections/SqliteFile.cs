using Microsoft.Data.Sqlite;

namespace RepoPulse.Sql.Sqlite.Connections;

/// <summary>Which file a connection string names, and how its connections are opened.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;

    private SqliteFile(string path, string connectionString) => (Path, _connectionString) = (path, connectionString);

    public string Path { get; }

    /// <exception cref="StorageException">The connection string does not name a file.</exception>
    public static SqliteFile Parse(string connectionString)
    {
        const string Hint = "Storage:ConnectionString must name a file for SQLite, for instance 'Data Source=repopulse.db'";
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new StorageException($"{Hint}; '{connectionString}' is no connection string: {e.Message}", isTransient: false, e);
        }

        var inMemory = builder.Mode == SqliteOpenMode.Memory || builder.DataSource.Contains(":memory:", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(builder.DataSource) || inMemory)
            throw new StorageException($"{Hint}; '{connectionString}' names none.", isTransient: false);
        // The sessions are kept here, each with its statements, so a second pool below would only hide files left open.
        builder.Pooling = false;
        return new SqliteFile(System.IO.Path.GetFullPath(builder.DataSource), builder.ConnectionString);
    }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteSession OpenWriter(TimeSpan busyTimeout)
    {
        var session = SqliteSession.Open(_connectionString, busyTimeout);
        try
        {
            SqliteMigrator.Migrate(session, Path);
            // FULL: a commit is on the disk before an append returns. NORMAL would lose the last commits with a power cut.
            // A large log is folded back seldom, which writes a page that many appends touched only once.
            session.Execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -32768;");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteSession OpenReader(TimeSpan busyTimeout)
    {
        var session = SqliteSession.Open(_connectionString, busyTimeout);
        session.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192;");
        return session;
    }
}
