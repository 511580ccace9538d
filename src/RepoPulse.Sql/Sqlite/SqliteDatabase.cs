using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RepoPulse.Sql.Sqlite;

/// <summary>One SQLite file: a single connection that writes, some that read, and the news of changes.</summary>
public sealed class SqliteDatabase(string connectionString, TimeProvider time) : SqlDatabase(time)
{
    /// <summary>Below the 250 ms within which the log promises to notice the appends of others.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Each keeps a connection with 8 MiB of pages.</summary>
    private const int Readers = 4;

    /// <summary>As many as the API asks for at once: pages for every core, and three that take longer or come later.</summary>
    private static readonly int Queries = Math.Clamp(Environment.ProcessorCount, 2, 8) + 3;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly WorkerThreads _reading = new(Readers, "SQLite, reading");
    private readonly WorkerThreads _querying = new(Queries, "SQLite, querying");
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private SqliteFile? _file;
    private SqliteSession? _writer;
    private volatile bool _opened;
    private volatile bool _disposed;

    /// <summary>How long a statement waits for a lock that another process holds.</summary>
    internal TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal override ChangeSignal EventsChanged { get; } = new(time, static () => LookEvery);

    internal override ChangeSignal CatalogChanged { get; } = new(time, static () => LookEvery);

    /// <summary>Opens the file, which is created where it is missing.</summary>
    /// <exception cref="StorageException">The connection string names no file, or the file cannot be opened or written, or is of a newer
    /// version.</exception>
    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        // An empty transaction needs what an append needs: the schema, the lock, and the right to write.
        if (!_opened)
            await WriteAsync(
                static session => session.Prepare("UPDATE counter SET value = value WHERE name = 'event'").Run(), cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        _reading.Dispose();
        _querying.Dispose();
        await _writing.WaitAsync();
        try
        {
            // The writer last: the last connection to close folds the log back into the file and removes it.
            while (_readers.TryTake(out var reader))
                reader.Dispose();
            _writer?.Dispose();
            _writer = null;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>On the writing connection, one at a time.</summary>
    internal override async ValueTask<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // Off the caller's thread, which may go on reading while this writes.
            return await Task.Run(() => Write(work), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    internal override ValueTask<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_reading, work, cancellationToken);

    internal override ValueTask<T> QueryAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_querying, work, cancellationToken);

    internal override ValueTask<T> SnapshotAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) =>
        UseAsync(_reading, session => session.Snapshot(work), cancellationToken);

    private async ValueTask<T> UseAsync<T>(WorkerThreads threads, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        await OpenAsync(cancellationToken);
        // SQLite has no asynchronous reads: each keeps a thread for as long as it takes.
        return await threads.RunAsync(() => Read(work, cancellationToken), cancellationToken);
    }

    private T Write<T>(Func<SqlSession, T> work)
    {
        _file ??= SqliteFile.Parse(connectionString);
        try
        {
            _writer ??= _file.OpenWriter(BusyTimeout);
            var result = _writer.Write(work);
            _opened = true;
            if (_writer.EventsChanged)
                EventsChanged.Set();
            if (_writer.CatalogChanged)
                CatalogChanged.Set();
            return result;
        }
        catch (Exception e) when (SqliteErrors.IsStorageError(e))
        {
            var fault = SqliteErrors.Describe(e, _file.Path);
            // A connection opened while the file was read-only or its disk away stays so; a new one is opened by the next use.
            _writer?.Dispose();
            _writer = null;
            throw fault;
        }
    }

    private T Read<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        SqliteSession? session = null;
        try
        {
            if (!_readers.TryTake(out session))
                session = _file!.OpenReader(BusyTimeout);
            var result = session.Run(work, cancellationToken);
            _readers.Add(session);
            session = null;
            return result;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The read was cancelled.", e, cancellationToken);
        }
        catch (Exception e) when (SqliteErrors.IsStorageError(e))
        {
            throw SqliteErrors.Describe(e, _file!.Path);
        }
        finally
        {
            session?.Dispose();
            // One that was in use while all were disposed of.
            if (_disposed && _readers.TryTake(out var late))
                late.Dispose();
        }
    }
}
