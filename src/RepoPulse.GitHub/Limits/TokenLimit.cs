namespace RepoPulse.GitHub.Limits;

/// <summary>
/// What is known of one token's limits, and since which answer. Thread-safe. A secondary limit can be read nowhere: it is learned from a refusal,
/// and while refusals go on each wait is twice the one before.
/// </summary>
public sealed class TokenLimit(TimeProvider time)
{
    /// <summary>Where a refusal names no wait: "wait for at least one minute" (GitHub's documentation of rate limits).</summary>
    private static readonly TimeSpan MinWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TimeSpan _wait = MinWait;
    private DateTimeOffset _blockedUntil;
    private RateLimit? _primary;

    /// <summary>The primary limit as last seen; null before the first answer.</summary>
    public RateLimit? Primary
    {
        get
        {
            lock (_lock)
                return _primary;
        }
    }

    /// <summary>When the token may be used again; null if now.</summary>
    public DateTimeOffset? BlockedUntil
    {
        get
        {
            lock (_lock)
                return _blockedUntil > time.GetUtcNow() ? _blockedUntil : null;
        }
    }

    /// <summary>Takes note of an answer that no limit refused.</summary>
    internal void Accepted(RateLimit? primary)
    {
        lock (_lock)
        {
            _primary = primary ?? _primary;
            _wait = MinWait;
            if (primary is { Remaining: 0 } spent)
                BlockUntil(spent.ResetsAt);
        }
    }

    /// <summary>Takes note of a refusal, and answers until when to keep silent: Retry-After, else the reset of a spent limit, else a growing wait.</summary>
    internal DateTimeOffset Refused(RateLimit? primary, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            _primary = primary ?? _primary;
            if (retryAfter is { } seconds)
            {
                BlockUntil(time.GetUtcNow() + seconds);
            }
            else if (primary is { Remaining: 0 } spent && spent.ResetsAt > time.GetUtcNow())
            {
                BlockUntil(spent.ResetsAt);
            }
            else
            {
                BlockUntil(time.GetUtcNow() + _wait);
                _wait = _wait + _wait < MaxWait ? _wait + _wait : MaxWait;
            }

            return _blockedUntil;
        }
    }

    /// <summary>Never shortens a wait: answers to requests that were already under way may come in any order.</summary>
    private void BlockUntil(DateTimeOffset until) => _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
}
