namespace GitHubSimulator.Traffic;

/// <summary>What was asked: counts of everything, and the requests themselves as far back as they are kept.</summary>
public sealed class RequestLog
{
    private const int KeptViolations = 1_000;

    private readonly int _kept;
    private readonly Lock _lock = new();
    private readonly Queue<RequestRecord> _recent = new();
    private readonly Dictionary<int, long> _byStatus = [];
    private readonly Dictionary<string, long> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountTraffic> _byAccount = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ViolationKind, long> _byKind = [];
    private readonly List<LimitViolation> _violations = [];
    private long _total;
    private long _counted;

    internal RequestLog(int kept) => _kept = kept;

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

    /// <summary>How many counted against a primary limit, of any account.</summary>
    public long CountedAgainstPrimaryLimit
    {
        get
        {
            lock (_lock)
                return _counted;
        }
    }

    /// <summary>How many requests disregarded a limit that the client could know of.</summary>
    public long ViolationCount
    {
        get
        {
            lock (_lock)
                return _byKind.Where(kind => kind.Key != ViolationKind.OtherTokenAskedToWait).Sum(kind => kind.Value);
        }
    }

    /// <summary>The first thousand violations, of every kind.</summary>
    public IReadOnlyList<LimitViolation> Violations
    {
        get
        {
            lock (_lock)
                return [.. _violations];
        }
    }

    public long WithViolation(ViolationKind kind)
    {
        lock (_lock)
            return _byKind.GetValueOrDefault(kind);
    }

    /// <param name="account">The login, the address, or <c>installation-</c> with its id.</param>
    public AccountTraffic OfAccount(string account)
    {
        lock (_lock)
            return _byAccount.GetValueOrDefault(account);
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
            var (total, counted, violations) = _byAccount.GetValueOrDefault(request.Account);
            _byAccount[request.Account] = new AccountTraffic(total + 1, counted + (request.IsCounted ? 1 : 0), violations);
            _recent.Enqueue(request);
            if (_recent.Count > _kept)
                _recent.Dequeue();
        }
    }

    internal void Record(LimitViolation violation)
    {
        lock (_lock)
        {
            Count(_byKind, violation.Kind);
            if (_violations.Count < KeptViolations)
                _violations.Add(violation);
            if (violation.Kind == ViolationKind.OtherTokenAskedToWait)
                return;
            var traffic = _byAccount.GetValueOrDefault(violation.Account);
            _byAccount[violation.Account] = traffic with { Violations = traffic.Violations + 1 };
        }
    }

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
