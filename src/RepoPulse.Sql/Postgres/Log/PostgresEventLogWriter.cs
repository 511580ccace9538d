using Npgsql;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// What can be done before a transaction is, because from the moment that numbers are given until the commit no other append goes on: so
/// numbers are in the order of commits, and a reader that asks for what follows a number passes nothing over.
/// </summary>
internal sealed class PostgresEventLogWriter(PostgresDatabase database, EventPartitions parts, SqlPayloads payloads, SqlEventTypes types)
    : SqlEventLogWriter(database)
{
    private readonly PostgresDatabase _database = database;
    private readonly DuplicateExpectation _expectation = new();

    protected override async ValueTask<PreparedAppend> PrepareAsync(
        IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
    {
        var codec = await payloads.ForAppendAsync(events, cancellationToken);
        await LoadTypesAsync(events, cancellationToken);
        var frames = await Task.Run(() => PayloadBatch.Compress(codec, events), cancellationToken);
        return new PostgresAppend(payloads, types, events, source, frames, _expectation);
    }

    protected override async ValueTask<AppendResult?> WriteAsync(
        IReadOnlyList<ArchivedRun> runs, Func<SqlSession, AppendResult?> work, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            foreach (var run in runs)
                await parts.PrepareAsync(run.Events, cancellationToken);
            try
            {
                return await base.WriteAsync(runs, work, cancellationToken);
            }
            catch (StorageException e) when (!isRepeated
                && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.CheckViolation })
            {
                // Retention dropped a part meanwhile, and an old event that came late needs it again.
                parts.Forget();
            }
        }
    }

    private async ValueTask LoadTypesAsync(IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken)
    {
        var unknown = events.Select(e => e.Type).Where(type => !types.Knows(type)).ToHashSet();
        if (unknown.Count == 0)
            return;
        // In a transaction of its own: should the append fail, the numbers stay, and hurt nobody.
        await _database.WriteAsync(
            session =>
            {
                session.Count(SqlNumbers.Events);
                foreach (var type in unknown)
                    types.GetOrAdd(session, type);
                return true;
            },
            cancellationToken);
        await _database.ReadAsync(
            session =>
            {
                types.Load(session);
                return true;
            },
            cancellationToken);
    }
}

/// <summary>Whether the last large batch was held in part: an import that is repeated goes on so, and polls bring what is new.</summary>
internal sealed class DuplicateExpectation
{
    private volatile bool _isHeld;

    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }
}
