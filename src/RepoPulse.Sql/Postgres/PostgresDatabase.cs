using System.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RepoPulse.Sql.Postgres.Connections;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Postgres;

/// <summary>One PostgreSQL database: a small pool of connections, and one more that hears of the changes of other processes.</summary>
public sealed class PostgresDatabase : SqlDatabase
{
    /// <summary>Appends wait for one another in the server anyway; more connections would only wait there.</summary>
    private const int Writers = 3;

    private const int Readers = 4;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly SemaphoreSlim _writing = new(Writers);
    private readonly SemaphoreSlim _reading = new(Readers);
    private readonly PostgresListener _listener;
    private readonly KnownNames _names = new();
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
        _listener.Heard = (events, catalog) =>
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

    /// <exception cref="StorageException">The connection string names no database, or it cannot be reached or written, or is of a newer version.</exception>
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
                await PostgresMigrator.MigrateAsync(connection, _server.Name, cancellationToken);
                _listener.Use(_server.CreateListener());
            }
            catch (Exception e) when (PostgresFaults.IsStorageFault(e) || e is StorageException)
            {
                await pool.DisposeAsync();
                throw e as StorageException ?? PostgresFaults.Describe(e, _server.Name);
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
        await _listener.DisposeAsync();
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
            if (events || catalog)
                session.Execute(PostgresListener.Notify(events, catalog));
            transaction.Commit();
            // This process need not wait for the server to tell it.
            if (events)
                EventsChanged.Set();
            if (catalog)
                CatalogChanged.Set();
            return result;
        },
        cancellationToken);

    internal override ValueTask<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_reading, connection => Detached(connection, work), cancellationToken);

    internal override ValueTask<T> SnapshotAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => UseAsync(
        _reading,
        connection =>
        {
            using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            var result = Detached(connection, work);
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
        catch (Exception e) when (PostgresFaults.IsStorageFault(e))
        {
            throw Describe(e);
        }
    }

    internal StorageException Describe(Exception fault) => PostgresFaults.Describe(fault, _server!.Name);

    private T Detached<T>(NpgsqlConnection connection, Func<SqlSession, T> work)
    {
        var session = new PostgresSession(connection, _names);
        var result = work(session);
        session.Detach();
        return result;
    }

    private async ValueTask<T> UseAsync<T>(SemaphoreSlim places, Func<NpgsqlConnection, T> work, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await places.WaitAsync(cancellationToken);
        try
        {
            // Off the caller's thread: what runs on a session waits for the server.
            return await Task.Run(() => Use(work), cancellationToken);
        }
        finally
        {
            places.Release();
        }
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
            catch (Exception e) when (PostgresFaults.IsStorageFault(e))
            {
                if (isRepeated || !PostgresFaults.IsWorthRetrying(e))
                    throw Describe(e);
                // After a restart every connection in the pool is dead: one met is enough to know.
                if (e is not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
                    _pool!.Clear();
            }
        }
    }
}
