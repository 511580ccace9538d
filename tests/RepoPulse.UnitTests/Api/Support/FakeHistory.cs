namespace RepoPulse.UnitTests.Api.Support;

/// <summary>A history in memory that keeps the seam's promises in the plainest way.</summary>
internal sealed class FakeHistory : IEventHistory
{
    public List<GitHubEvent> Events { get; } = [];

    public Exception? Failure { get; set; }

    /// <summary>What was asked for of events.</summary>
    public List<HistoryQuery> Asked { get; } = [];

    /// <summary>Done after each reading of events was noted, and before it.</summary>
    public Action? OnRead { get; set; }

    public ValueTask<IReadOnlyList<GitHubEvent>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        Asked.Add(query);
        OnRead?.Invoke();
        var bytes = 0L;
        return ValueTask.FromResult<IReadOnlyList<GitHubEvent>>(
        [
            .. Events
                .Where(e => e.RepositoryId == query.RepositoryId)
                .Where(e => query.Types.Count == 0 || query.Types.Contains(e.Type))
                .Where(e => query.Since is null || e.Key.CreatedAt >= query.Since)
                .Where(e => query.Until is null || e.Key.CreatedAt < query.Until)
                .Where(e => query.Before is null || e.Key.CompareTo(query.Before.Value) < 0)
                .OrderByDescending(e => e.Key)
                .Take(query.Limit)
                .TakeWhile(e => bytes < query.MaxBytes && (bytes += e.Json.Length) >= 0),
        ]);
    }

    public ValueTask<IReadOnlyList<ActivityCount>> CountAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        return ValueTask.FromResult<IReadOnlyList<ActivityCount>>(
        [
            .. Events
                .Where(e => e.RepositoryId == query.RepositoryId)
                .Where(e => query.Types.Count == 0 || query.Types.Contains(e.Type))
                .Where(e => e.Key.CreatedAt >= query.Since && e.Key.CreatedAt < query.Until)
                .GroupBy(e => (From: StartOf(e.Key.CreatedAt, query.Bucket), e.Type))
                .Select(bucket => new ActivityCount(bucket.Key.From, bucket.Key.Type, bucket.Count()))
                .OrderBy(count => count.From),
        ]);
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, TimeSpan bucket) =>
        DateTimeOffset.UnixEpoch + bucket * Math.Floor((time - DateTimeOffset.UnixEpoch) / bucket);
}
