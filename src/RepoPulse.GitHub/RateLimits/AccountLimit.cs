using RepoPulse.Core.Hosting;

namespace RepoPulse.GitHub;

/// <summary>
/// What is known of one account's limits, and since which response. Thread-safe. Responses come in any order: each is judged by when its
/// request was sent, in steps that every request and response of the process counts on by one. Waits are kept in steady time, so that
/// setting the machine's clock makes none of them longer.
/// </summary>
internal sealed class AccountLimit(bool isAnonymous, int maxRequestsPerMinute, TimeProvider time)
{
    /// <summary>Before the first response: what GitHub documents for a user, and for an address that asks without a token.</summary>
    private const int UserLimit = 5_000;
    private const int AnonymousLimit = 60;

    /// <summary>One request in so many is left to others who use the account: a person, or another program.</summary>
    private const int ReservedShare = 50;

    /// <summary>Where a refusal names no wait: "wait for at least one minute" (GitHub's documentation of rate limits).</summary>
    private static readonly TimeSpan MinWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private RateLimit? _primary;
    private long _readAt;
    private bool _isUnlimited;
    private TimeSpan _spentUntil;
    private TimeSpan _refusedUntil;
    private long _refusedAt;
    private int _refusals;
    private TimeSpan _namedWait;

    /// <summary>The primary limit as last seen; null before the first response.</summary>
    public RateLimit? Primary
    {
        get
        {
            lock (_lock)
                return _primary;
        }
    }

    public int Reserve
    {
        get
        {
            lock (_lock)
                return ReserveOf(Limit);
        }
    }

    /// <summary>When something may be asked again, by the machine's clock as it is now; null if now.</summary>
    public DateTimeOffset? BlockedUntil
    {
        get
        {
            lock (_lock)
                return Later(_spentUntil, _refusedUntil) is var until && until > Now ? ToWallClock(until) : null;
        }
    }

    private TimeSpan Now => time.GetSteadyNow();

    private int Limit => _primary?.Limit ?? (isAnonymous ? AnonymousLimit : UserLimit);

    /// <summary>What may still be spent, and until when it has to last.</summary>
    public (int Requests, TimeSpan Until) RequestsLeft(DateTimeOffset now)
    {
        lock (_lock)
        {
            // GitHub Enterprise Server has its limits switched off unless someone wants them.
            if (_isUnlimited)
                return ((int)Math.Min(60L * maxRequestsPerMinute, int.MaxValue), Window);
            return _primary is { } primary && primary.ResetsAt > now
                ? (Math.Max(0, primary.Remaining - ReserveOf(primary.Limit)), primary.ResetsAt - now)
                : (Limit - ReserveOf(Limit), Window);
        }
    }

    /// <summary>
    /// Takes note of a response that no limit refused; returns whether the account now waits for its reset and did not before.
    /// </summary>
    /// <param name="isGood">Whether GitHub did what was asked: only that shows that a secondary limit is over.</param>
    public bool Accepted(RateLimit? primary, bool isGood, long sentAt, long receivedAt)
    {
        lock (_lock)
        {
            // One that was under way when a refusal came says nothing about it.
            if (isGood && sentAt > _refusedAt)
                (_refusals, _namedWait) = (0, default);
            if (primary is not { } reading)
            {
                _isUnlimited |= isGood && _primary is null;
                return false;
            }

            if (!Take(reading, sentAt, receivedAt))
                return false;
            var now = Now;
            var waited = _spentUntil > now;
            _spentUntil = reading.Remaining <= ReserveOf(reading.Limit) ? ResetOf(reading) : default;
            return !waited && _spentUntil > now;
        }
    }

    /// <summary>
    /// Takes note of a refusal: silence for Retry-After, else until the reset of a spent limit, else for a wait that doubles while refusals
    /// go on. Returns whether it is a new one: requests that were under way together are refused together, and that is one.
    /// </summary>
    public bool Refused(in RateLimitRefusal refusal, long sentAt, long receivedAt, out DateTimeOffset until)
    {
        lock (_lock)
        {
            var now = Now;
            var isNew = sentAt > _refusedAt;
            if (refusal.Primary is { } reading)
                Take(reading, sentAt, receivedAt);
            if (isNew)
                _refusedAt = receivedAt;
            if (refusal.RetryAfter is null && refusal.Primary is { Remaining: 0 } spent && ResetOf(spent) > now)
            {
                _refusedUntil = Later(_refusedUntil, ResetOf(spent));
            }
            else if (isNew)
            {
                _refusals++;
                _refusedUntil = Later(_refusedUntil, now + Wait(refusal.RetryAfter));
            }
            else if (refusal.RetryAfter is { } named)
            {
                _refusedUntil = Later(_refusedUntil, now + named);
            }

            until = ToWallClock(Later(_refusedUntil, _spentUntil));
            return isNew;
        }
    }

    /// <summary>Takes note of a wait that another collector received.</summary>
    public void Wait(TimeSpan wait)
    {
        lock (_lock)
            _refusedUntil = Later(_refusedUntil, Now + (wait < TokenUse.MaxWait ? wait : TokenUse.MaxWait));
    }

    /// <summary>Takes over what another account knew that turned out to be this one: the worse of the two.</summary>
    public void Absorb(AccountLimit other)
    {
        var (primary, readAt, isUnlimited, spentUntil, refusedUntil, refusedAt, refusals) = other.State();
        lock (_lock)
        {
            if (readAt > _readAt)
                (_primary, _readAt) = (primary, readAt);
            _isUnlimited = _primary is null && (_isUnlimited || isUnlimited);
            _spentUntil = Later(_spentUntil, spentUntil);
            _refusedUntil = Later(_refusedUntil, refusedUntil);
            (_refusedAt, _refusals) = (Math.Max(_refusedAt, refusedAt), Math.Max(_refusals, refusals));
        }
    }

    private (RateLimit? Primary, long ReadAt, bool IsUnlimited, TimeSpan SpentUntil,
        TimeSpan RefusedUntil, long RefusedAt, int Refusals) State()
    {
        lock (_lock)
            return (_primary, _readAt, _isUnlimited, _spentUntil, _refusedUntil, _refusedAt, _refusals);
    }

    /// <summary>
    /// Keeps a reading unless it is older than the one held: of two whose requests overlapped, the one that saw more spent is the later.
    /// </summary>
    private bool Take(in RateLimit reading, long sentAt, long receivedAt)
    {
        if (!reading.IsCore)
            return false;
        if (_primary is { } held && sentAt < _readAt)
        {
            var isLater = reading.IsOfSameWindow(held) ? reading.Remaining <= held.Remaining : reading.ResetSeconds > held.ResetSeconds;
            if (!isLater)
                return false;
        }

        (_primary, _readAt, _isUnlimited) = (reading, receivedAt, false);
        return true;
    }

    private TimeSpan Wait(TimeSpan? retryAfter)
    {
        var doubled = MinWait * Math.Pow(2, Math.Min(_refusals - 1, 20));
        var grown = doubled < MaxWait ? doubled : MaxWait;
        if (retryAfter is not { } named)
            return grown;

        // A named wait is obeyed to the letter. An account that obeyed and is refused again waits twice as long as the last time: the
        // growth begins at what GitHub named, so that a wait of two seconds does not become one of two minutes.
        var longer = _refusals > 1 ? _namedWait * 2 : TimeSpan.Zero;
        return _namedWait = Later(named, longer < MaxWait ? longer : MaxWait);
    }

    private int ReserveOf(int limit) => isAnonymous ? 0 : Math.Max(1, limit / ReservedShare);

    /// <summary>When a limit's hour ends, in steady time.</summary>
    private TimeSpan ResetOf(in RateLimit reading)
    {
        var left = reading.ResetsAt - time.GetUtcNow();
        return Now + (left < RateLimit.MaxLeft ? left : RateLimit.MaxLeft);
    }

    private DateTimeOffset ToWallClock(TimeSpan steady) => time.GetUtcNow() + (steady - Now);

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
