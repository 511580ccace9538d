using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RepoPulse.Sql.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : SqlSession, IDisposable
{
    /// <summary>Some 100 µs of SQLite's work.</summary>
    private const int ProgressOperations = 10_000;

    private static readonly SqliteDialect Own = new();

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, (SqliteStatement Statement, sqlite3_stmt Handle)> _statements = new(StringComparer.Ordinal);

    private CancellationToken _cancellation;

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    public override SqlDialect Dialect => Own;

    private sqlite3 Handle => _connection.Handle!;

    private int IsCancelled => _cancellation.IsCancellationRequested ? 1 : 0;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteSession Open(string connectionString, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)busyTimeout.TotalMilliseconds);
            var session = new SqliteSession(connection);
            // Asked by SQLite itself as it works, in place of sqlite3_interrupt: that is lost where it comes just before a statement
            // begins.
            raw.sqlite3_progress_handler(
                connection.Handle, ProgressOperations, static session => ((SqliteSession)session).IsCancelled, session);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known.Statement;
        var result = raw.sqlite3_prepare_v2(Handle, sql, out var handle);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, Handle);
        var statement = new SqliteStatement(Handle, handle);
        _statements.Add(sql, (statement, handle));
        return statement;
    }

    public override SqlCounter Count(SqlNumbers numbers) => new SqliteCounter(this, numbers);

    public override long Last(SqlNumbers numbers) => SqliteCounter.Read(this, numbers);

    /// <summary>Runs statements that are not worth keeping.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(Handle, sql);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, Handle);
    }

    /// <summary>A transaction that holds the write lock from its start, so that it never fails for a lock half-way.</summary>
    public T Write<T>(Func<SqliteSession, T> work)
    {
        Run("BEGIN IMMEDIATE");
        return Finish(work);
    }

    /// <summary>Does work whose statements fail with <c>SQLITE_INTERRUPT</c> once the token fires.</summary>
    public T Run<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        try
        {
            return work(this);
        }
        finally
        {
            _cancellation = CancellationToken.None;
        }
    }

    /// <summary>Reads of one moment.</summary>
    public T Snapshot<T>(Func<SqliteSession, T> work)
    {
        Run("BEGIN");
        return Finish(work);
    }

    public void Dispose()
    {
        foreach (var (_, handle) in _statements.Values)
            handle.Dispose();
        _connection.Dispose();
    }

    private T Finish<T>(Func<SqliteSession, T> work)
    {
        (EventsChanged, CatalogChanged) = (false, false);
        try
        {
            var result = work(this);
            Run("COMMIT");
            return result;
        }
        finally
        {
            // Some errors have SQLite roll back by itself; after all others, and a commit that failed, the transaction is still open.
            if (raw.sqlite3_get_autocommit(Handle) == 0)
                raw.sqlite3_exec(Handle, "ROLLBACK");
        }
    }

    private void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }
}
