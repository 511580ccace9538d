namespace GitHubSimulator.Accounts;

/// <summary>The hourly limit of a user or an address. Its window begins with the first request that counts.</summary>
internal sealed class PrimaryQuota(int limit, TimeSpan window)
{
    private readonly Lock _lock = new();
    private int _used;
    private DateTimeOffset? _reset;

    public bool TryTake(DateTimeOffset now)
    {
        lock (_lock)
        {
            Roll(now);
            if (_used >= limit)
                return false;
            _used++;
            _reset ??= now + window;
            return true;
        }
    }

    /// <summary>Gives one back: the request turned out to be free. One that was the first began no window.</summary>
    public void Return(DateTimeOffset now)
    {
        lock (_lock)
        {
            Roll(now);
            _used = Math.Max(0, _used - 1);
            if (_used == 0)
                _reset = null;
        }
    }

    public void Exhaust(DateTimeOffset now) => Spend(now, share: 1);

    /// <summary>Uses up a share of the limit, as far as so much is left.</summary>
    public void Spend(DateTimeOffset now, double share)
    {
        lock (_lock)
        {
            Roll(now);
            _used = Math.Min(limit, _used + (int)Math.Ceiling(limit * share));
            _reset ??= now + window;
        }
    }

    public QuotaReading Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            Roll(now);
            return new QuotaReading(limit, _used, _reset ?? now + window);
        }
    }

    private void Roll(DateTimeOffset now)
    {
        if (_reset is not { } reset || now < reset)
            return;
        _used = 0;
        _reset = null;
    }
}
