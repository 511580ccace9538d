namespace RepoPulse.Sql;

/// <summary>Appends to the log, in one transaction a call.</summary>
internal abstract class SqlEventLogWriter(SqlDatabase database) : IEventLogWriter
{
    public ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<GitHubEvent> events,
        EventSource source,
        CancellationToken cancellationToken) =>
        AppendAsync(events, source, static _ => true, cancellationToken);

    /// <param name="admit">Asked within the transaction, before anything: false leaves all as it is.</param>
    public async ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, Func<SqlSession, bool> admit, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return default;
        return await AppendAsync([new ArchivedRun(source, events)], admit, cancellationToken) ?? new AppendResult(0, events.Count);
    }

    /// <summary>Null where nothing was admitted. What is noted on admission is durable even where there are no events.</summary>
    /// <param name="admit">Asked within the transaction, before anything: false leaves all as it is.</param>
    public async ValueTask<AppendResult?> AppendAsync(
        IReadOnlyList<ArchivedRun> runs, Func<SqlSession, bool> admit, CancellationToken cancellationToken)
    {
        var visibility = new List<GitHubEvent>();
        foreach (var e in runs.SelectMany(run => run.Events))
        {
            if (!e.HasRepository)
                throw new ArgumentException($"The event {e.Key.Id} has no repository, and cannot be stored.", nameof(runs));
            if (SqlVisibility.SaysAnything(e))
                visibility.Add(e);
        }

        var appends = new List<PreparedAppend>(runs.Count);
        try
        {
            foreach (var run in runs.Where(run => run.Events.Count > 0))
                appends.Add(await PrepareAsync(run.Events, run.Source, cancellationToken));
            return await WriteAsync(runs, session => admit(session) ? Append(session, appends, visibility) : null, cancellationToken);
        }
        finally
        {
            foreach (var append in appends)
                append.Dispose();
        }
    }

    /// <summary>Does whatever can be done before the transaction.</summary>
    protected abstract ValueTask<PreparedAppend> PrepareAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken);

    protected virtual ValueTask<AppendResult?> WriteAsync(
        IReadOnlyList<ArchivedRun> runs, Func<SqlSession, AppendResult?> work, CancellationToken cancellationToken) =>
            database.WriteAsync(work, cancellationToken);

    private static AppendResult? Append(
        SqlSession session, List<PreparedAppend> appends, List<GitHubEvent> visibility)
    {
        // One for all: the lock of the catalog is taken after the last row that another may wait for.
        var names = new SqlNames(session);
        var (appended, held, superseding) = (0, 0, 0);
        foreach (var append in appends)
        {
            var result = append.Append(session, names);
            (appended, held, superseding) = (appended + result.Appended, held + result.AlreadyHeld, superseding + result.Superseding);
        }

        names.Save();
        SqlVisibility.Note(session, visibility);
        session.EventsChanged = appended > 0;
        return new AppendResult(appended, held) { Superseding = superseding };
    }
}

/// <summary>Events of one source, compressed and ready to be written within a transaction.</summary>
internal abstract class PreparedAppend : IDisposable
{
    /// <summary>Writes them. May be called again in another transaction, where that one came to nothing.</summary>
    /// <param name="names">Takes what names were seen; saved by the caller, at the end of the transaction.</param>
    public abstract AppendResult Append(SqlSession session, SqlNames names);

    public abstract void Dispose();
}
