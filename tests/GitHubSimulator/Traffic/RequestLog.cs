namespace GitHubSimulator.Traffic;

/// <summary>What was asked: counts of everything, and the requests themselves as far back as <see cref="Kept"/>.</summary>
public sealed class RequestLog
{
    /// <summary>How many requests are kept whole.</summary>
    public const int Kept = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<RequestRecord> _recent = new();
    private readonly Dictionary<int, long> _byStatus = [];
    private readonly Dictionary<string, long> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _byToken = new(StringComparer.Ordinal);
    private long _total;
    private long _counted;

    public IReadOnlyList<RequestRecord> Recent
    {
        get
        {
            lock (_lock)
                return [.. _recent];
        }
    }

    public long Total
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    /// <summary>How many counted against a primary limit, whoever's.</summary>
    public long CountedAgainstPrimaryLimit
    {
        get
        {
            lock (_lock)
                return _counted;
        }
    }

    /// <param name="status">0 for requests whose connection was cut.</param>
    public long WithStatus(int status)
    {
        lock (_lock)
            return _byStatus.GetValueOrDefault(status);
    }

    /// <param name="path">Without the query.</param>
    public long ToPath(string path)
    {
        lock (_lock)
            return _byPath.GetValueOrDefault(path);
    }

    /// <param name="token">Empty for requests without one.</param>
    public long ByToken(string token)
    {
        lock (_lock)
            return _byToken.GetValueOrDefault(token);
    }

    internal void Record(RequestRecord request)
    {
        lock (_lock)
        {
            _total++;
            _counted += request.IsCounted ? 1 : 0;
            Count(_byStatus, request.Status);
            Count(_byPath, request.Path);
            Count(_byToken, request.Token ?? "");
            _recent.Enqueue(request);
            if (_recent.Count > Kept)
                _recent.Dequeue();
        }
    }

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
