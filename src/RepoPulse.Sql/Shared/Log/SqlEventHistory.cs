namespace RepoPulse.Sql;

internal sealed class SqlEventHistory(SqlDatabase database, SqlPayloads payloads, SqlEventTypes types) : IEventHistory
{
    public ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.MaxBytes, 1, nameof(query));
        return database.QueryAsync<IReadOnlyList<GitHubEvent>>(session => Read(session, query), cancellationToken);
    }

    public ValueTask<IReadOnlyList<ActivityCount>> CountAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Bucket, TimeSpan.FromMicroseconds(1), nameof(query));
        return database.QueryAsync<IReadOnlyList<ActivityCount>>(session => Count(session, query), cancellationToken);
    }

    private static (long Time, long Id) UpperBound(HistoryQuery query)
    {
        // No key of a time is below that time with the smallest id: an exclusive bound on the time alone.
        var until = query.Until is { } time ? (Micros.Ceiling(time), long.MinValue) : (long.MaxValue, long.MaxValue);
        var before = query.Before is { } key ? (Micros.Floor(key.CreatedAt), key.Id.Value) : (long.MaxValue, long.MaxValue);
        return until.CompareTo(before) < 0 ? until : before;
    }

    private List<GitHubEvent> Read(SqlSession session, HistoryQuery query)
    {
        var typeIds = types.Find(session, query.Types);
        if (query.Types.Count > 0 && typeIds.Count == 0)
            return [];

        var dialect = session.Dialect;
        var (time, id) = UpperBound(query);
        // The time bounds on their own as well, because the index knows only the time.
        using var select = session.Prepare(
            $"""
            SELECT created_at, event_id, repository_id, type_id, dictionary, json
            FROM {dialect.EventsOfRepository}
            WHERE repository_id = ?1 AND created_at >= ?2 AND created_at <= ?3 AND (created_at, event_id) < (?3, ?4)
                AND {dialect.IsHeld} {(typeIds.Count == 0 ? "" : $"AND {dialect.In("type_id", 6)}")}
            ORDER BY created_at DESC, event_id DESC LIMIT ?5
            """);
        select.Bind(1, query.RepositoryId.Value).Bind(2, query.Since is { } since ? Micros.Ceiling(since) : long.MinValue);
        select.Bind(3, time).Bind(4, id).Bind(5, query.Limit);
        if (typeIds.Count > 0)
            select.BindIds(dialect, 6, typeIds);
        var rows = new EventRows(session, types, payloads, []);
        var events = new List<GitHubEvent>();
        for (long bytes = 0; bytes < query.MaxBytes && select.Step(); bytes += events[^1].Json.Length)
            events.Add(rows.Read(select));
        return events;
    }

    private List<ActivityCount> Count(SqlSession session, ActivityQuery query)
    {
        var typeIds = types.Find(session, query.Types);
        if (query.Types.Count > 0 && typeIds.Count == 0)
            return [];

        var dialect = session.Dialect;
        // The remainder has the sign of the time: made positive, a bucket before 1970 too starts at or before its events.
        using var select = session.Prepare(
            $"""
            SELECT created_at - (created_at % ?4 + ?4) % ?4 AS bucket, type_id, count(*)
            FROM event
            WHERE repository_id = ?1 AND created_at >= ?2 AND created_at < ?3
                AND {dialect.IsHeld} {(typeIds.Count == 0 ? "" : $"AND {dialect.In("type_id", 5)}")}
            GROUP BY bucket, type_id ORDER BY bucket
            """);
        select.Bind(1, query.RepositoryId.Value).Bind(2, Micros.Ceiling(query.Since)).Bind(3, Micros.Ceiling(query.Until));
        select.Bind(4, query.Bucket.Ticks / TimeSpan.TicksPerMicrosecond);
        if (typeIds.Count > 0)
            select.BindIds(dialect, 5, typeIds);
        var counts = new List<ActivityCount>();
        while (select.Step())
            counts.Add(new ActivityCount(Micros.ToTime(select.Int64(0)), types.Get(session, select.Int64(1)), select.Int64(2)));
        return counts;
    }
}

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

/// <summary>
/// Makes events of rows of created_at, event_id, repository_id, type_id, and where JSON is asked for dictionary and json.
/// </summary>
internal sealed class EventRows(SqlSession session, SqlEventTypes types, SqlPayloads? payloads, Dictionary<long, RepositoryName> names)
{
    public GitHubEvent Read(SqlStatement row)
    {
        var repositoryId = row.Int64(2);
        if (!names.TryGetValue(repositoryId, out var name))
            names.Add(repositoryId, name = SqlNames.Present(session, repositoryId));
        return new GitHubEvent
        {
            Key = new EventKey(EventId.FromValue(row.Int64(1)), Micros.ToTime(row.Int64(0))),
            Type = types.Get(session, row.Int64(3)),
            RepositoryId = new RepositoryId(repositoryId),
            Repository = name,
            Json = payloads is null ? default : payloads.Decompress(session, row.Int32(4), row.Blob(5)),
        };
    }
}
