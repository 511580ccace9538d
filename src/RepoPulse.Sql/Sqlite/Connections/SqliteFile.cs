using Microsoft.Data.Sqlite;

namespace RepoPulse.Sql.Sqlite;

/// <summary>Which file a connection string names, and how its connections are opened.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;
    private readonly SqliteOpenMode _mode;

    private SqliteFile(string path, SqliteConnectionStringBuilder builder) =>
        (Path, _connectionString, _mode) = (path, builder.ConnectionString, builder.Mode);

    public string Path { get; }

    /// <exception cref="StorageException">The connection string does not name a file.</exception>
    public static SqliteFile Parse(string connectionString)
    {
        const string Hint = "Storage:ConnectionString must name a file for SQLite, for instance 'Data Source=repopulse.db'";
        const string Other = "For a PostgreSQL server set Storage:Provider=Postgres.";
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Neither the string nor the exception is shown: both may hold a password.
            throw new StorageException($"{Hint}; what is given is no connection string of SQLite. {Other}", isTransient: false);
        }

        var inMemory = builder.Mode == SqliteOpenMode.Memory || builder.DataSource.Contains(":memory:", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(builder.DataSource) || inMemory)
            throw new StorageException($"{Hint}; what is given names none. {Other}", isTransient: false);
        // Its path is shown in messages, and such an address may hold a password.
        if (builder.DataSource.Contains("://", StringComparison.Ordinal)
            && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new StorageException($"{Hint}; what is given is an address. {Other}", isTransient: false);
        if (builder.Password.Length > 0)
            throw new StorageException($"{Hint}; a Password has no use there. {Other}", isTransient: false);
        // The sessions are kept here, each with its statements, so a second pool below would only hide files left open.
        builder.Pooling = false;
        return new SqliteFile(System.IO.Path.GetFullPath(builder.DataSource), builder);
    }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteSession OpenWriter(TimeSpan busyTimeout)
    {
        CreateForOwnerAlone();
        var session = SqliteSession.Open(_connectionString, busyTimeout);
        try
        {
            SqliteMigrator.Migrate(session, Path);
            // FULL: a commit is on the disk before an append returns. NORMAL would lose the last commits with a power cut.
            // A large log is folded back rarely, which writes a page that many appends touched only once.
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

    /// <summary>
    /// Makes the file readable by its owner alone before SQLite would make it readable by all: it may hold events of private repositories.
    /// SQLite gives its <c>-wal</c> and <c>-shm</c> files the same rights. A file that is there keeps the rights that its owner gave it.
    /// </summary>
    private void CreateForOwnerAlone()
    {
        if (OperatingSystem.IsWindows() || _mode != SqliteOpenMode.ReadWriteCreate || File.Exists(Path))
            return;
        try
        {
            using var created = new FileStream(Path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process was first, or it cannot be made: SQLite says which, in words of its own.
        }
    }
}
