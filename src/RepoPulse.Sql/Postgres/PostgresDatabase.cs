using System.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>One PostgreSQL database: a small pool of connections, and one more that hears of the changes of other processes.</summary>
public sealed class PostgresDatabase : SqlDatabase
{
    /// <summary>Appends wait for one another in the server anyway; more connections would only wait there.</summary>
    private const int Writers = 3;

    private const int Readers = 3;

    /// <summary>With the one connection that reads a window, all of them are ten: what the pool holds where nothing else is said.</summary>
    private const int Queries = 3;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly WorkerThreads _writing = new(Writers, "PostgreSQL, writing");
    private readonly WorkerThreads _reading = new(Readers, "PostgreSQL, reading");
    private readonly WorkerThreads _querying = new(Queries, "PostgreSQL, querying");
    private readonly PostgresListener _listener;
    private readonly NameCache _names = new();
    private PostgresServer? _server;
    private volatile NpgsqlDataSource? _pool;
    private int _disposed;

    public PostgresDatabase(PostgresOptions options, TimeProvider time, ILogger<PostgresDatabase>? logger = null)
        : base(time)
    {
        _connectionString = options.ConnectionString;
        _listener = new PostgresListener(time, logger ?? NullLogger<PostgresDatabase>.Instance);
        EventsChanged = new ChangeSignal(time, _listener.LookEvery);
        CatalogChanged = new ChangeSignal(time, _listener.LookEvery);
        _listener.Notified = (events, catalog) =>
        {
            if (events)
                EventsChanged.Set();
            if (catalog)
                CatalogChanged.Set();
        };
    }

    internal override ChangeSignal EventsChanged { get; }

    internal override ChangeSignal CatalogChanged { get; }

    /// <summary>Whether changes of other processes are heard of at once; if not, they are looked for.</summary>
    internal bool IsListening => _listener.IsListening;

    /// <exception cref="StorageException">The connection string names no database, or it cannot be reached or written, or is of a newer
    /// version.</exception>
    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_pool is not null)
            return;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_pool is not null)
                return;
            _server ??= PostgresServer.Parse(_connectionString);
            var pool = _server.CreatePool();
            try
            {
                await using var connection = await pool.OpenConnectionAsync(cancellationToken);
                // The schema before the listener and the pool: nothing may read or write a database of another version.
                await PostgresMigrator.MigrateAsync(connection, _server.Name, cancellationToken);
                _listener.Use(_server.CreateListener());
            }
            catch (Exception e) when (PostgresErrors.IsStorageError(e) || e is StorageException)
            {
                await pool.DisposeAsync();
                throw e as StorageException ?? PostgresErrors.Describe(e, _server.Name);
            }

            _pool = pool;
        }
        finally
        {
            _opening.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        // The listener first, which uses a connection of its own; then the threads, whose work uses the pool; the pool last.
        await _listener.DisposeAsync();
        _writing.Dispose();
        _reading.Dispose();
        _querying.Dispose();
        if (_pool is { } pool)
            await pool.DisposeAsync();
    }

    internal override ValueTask<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => UseAsync(
        _writing,
        connection =>
        {
            var session = new PostgresSession(connection, _names);
            using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            var result = work(session);
            session.Detach();
            var (events, catalog) = (session.EventsChanged, session.CatalogChanged);
            // NOTIFY within the transaction: the server sends it with the commit, so that a listener that looks finds the rows, and a
            // rollback sends none.
            if (events || catalog)
                session.Execute(PostgresListener.Notify(events, catalog));
            transaction.Commit();

            // This process need not wait for the server to notify it.
            if (events)
                EventsChanged.Set();
            if (catalog)
                CatalogChanged.Set();
            return result;
        },
        cancellationToken);

    internal override ValueTask<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_reading, connection => Detached(connection, work, cancellationToken), cancellationToken);

    internal override ValueTask<T> QueryAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_querying, connection => Detached(connection, work, cancellationToken), cancellationToken);

    internal override ValueTask<T> SnapshotAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => UseAsync(
        _reading,
        connection =>
        {
            using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            var result = Detached(connection, work, cancellationToken);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    /// <summary>A connection for reading rows as they come. Give it back soon.</summary>
    /// <exception cref="StorageException">There is none to be had.</exception>
    internal async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        try
        {
            return await _pool!.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception e) when (PostgresErrors.IsStorageError(e))
        {
            throw Describe(e);
        }
    }

    internal StorageException Describe(Exception fault) => PostgresErrors.Describe(fault, _server!.Name);

    private T Detached<T>(NpgsqlConnection connection, Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        var session = new PostgresSession(connection, _names);
        // The server is asked over a connection of its own, which takes a moment: not on the thread that cancels.
        using var cancellation = cancellationToken.UnsafeRegister(
            static session => ThreadPool.UnsafeQueueUserWorkItem(
                static session => session.Cancel(), (PostgresSession)session!, preferLocal: false), session);
        try
        {
            var result = work(session);
            session.Detach();
            return result;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The read was cancelled.", e, cancellationToken);
        }
        finally
        {
            session.End();
        }
    }

    private async ValueTask<T> UseAsync<T>(WorkerThreads threads, Func<NpgsqlConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await OpenAsync(cancellationToken);
        return await threads.RunAsync(() => Use(work), cancellationToken);
    }

    private T Use<T>(Func<NpgsqlConnection, T> work)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            try
            {
                using var connection = _pool!.OpenConnection();
                return work(connection);
            }
            catch (Exception e) when (PostgresErrors.IsStorageError(e))
            {
                if (isRepeated || !PostgresErrors.IsWorthRetrying(e))
                    throw Describe(e);
                // After a restart every connection in the pool is dead: one met is enough to know.
                if (e is not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
                    _pool!.Clear();
            }
        }
    }
}
