using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Log;

internal sealed class SqlEventScan(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : IEventScan
{
    public IAsyncEnumerable<GitHubEvent> ReadAsync(ScanQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        var repositories = query.Repositories.Distinct().ToList();
        if (repositories.Count <= 1)
            return Pages(repositories.Count == 0 ? null : repositories[0], query.PageSize).ReadAsync(cancellationToken);

        // One by one, because only so the index has each repository's events in the order of time; together they read what one would.
        var pageSize = Math.Max(1, query.PageSize / repositories.Count);
        return EventMerge.ReadAsync([.. repositories.Select(id => Pages(id, pageSize).ReadAsync(cancellationToken))], cancellationToken);

        ScanPages Pages(RepositoryId? repository, int size) => new(database, payloads, types, query, repository, size);
    }
}
