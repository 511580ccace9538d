namespace RepoPulse.Sql;

/// <summary>
/// One database and the news of its changes. Every use of it may throw <see cref="StorageException"/>; after an error the next use connects
/// again, so nothing has to be restarted once the cause is gone.
/// </summary>
public abstract class SqlDatabase : IAsyncDisposable
{
    private protected SqlDatabase(TimeProvider time) => Time = time;

    internal TimeProvider Time { get; }

    internal abstract ChangeSignal EventsChanged { get; }

    internal abstract ChangeSignal CatalogChanged { get; }

    /// <summary>
    /// Opens the database and brings its schema up to date. Everything else does so by itself at its first use; this is for those who want
    /// to know whether it can be done. It may be called again.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be reached, opened or written, or is of a newer version.</exception>
    public abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a transaction; it is durable on return, and readers are notified of the changes that the session recorded.</summary>
    internal abstract ValueTask<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs reads on a connection of their own, beside a running write. They are RepoPulse's own and short: those of the aggregator, the
    /// collector, the stream.
    /// </summary>
    internal abstract ValueTask<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs reads that a client asked for and that may take long. They have threads of their own, so that however many are waiting,
    /// RepoPulse's own reads and writes are not among them. One that is cancelled is broken off in the database too.
    /// </summary>
    internal abstract ValueTask<T> QueryAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken);

    /// <summary>Runs reads of one moment.</summary>
    internal abstract ValueTask<T> SnapshotAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken);
}
