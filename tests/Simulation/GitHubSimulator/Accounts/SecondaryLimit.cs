using GitHubSimulator.Traffic;

namespace GitHubSimulator.Accounts;

/// <summary>
/// The limits that no header reports: requests at once, and points within any minute. Who exceeds one is shut out for a while.
/// </summary>
internal sealed class SecondaryLimit(LimitOptions options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _points = new();
    private DateTimeOffset _shutUntil;
    private int _underWay;

    /// <summary>
    /// A request begins; <see cref="Leave"/> ends it in either case. Null where it may go on.
    /// </summary>
    public SecondaryVerdict? Enter(DateTimeOffset now)
    {
        lock (_lock)
        {
            _underWay++;
            if (now < _shutUntil)
                return new SecondaryVerdict(_shutUntil - now, Exceeded: null);
            while (_points.TryPeek(out var oldest) && oldest <= now - Minute)
                _points.Dequeue();
            if (_underWay <= options.MaxConcurrent && _points.Count < options.PointsPerMinute)
            {
                _points.Enqueue(now);
                return null;
            }

            _shutUntil = now + options.SecondaryPenalty;
            return new SecondaryVerdict(
                options.SecondaryPenalty, _underWay > options.MaxConcurrent ? ViolationKind.Concurrency : ViolationKind.PointsPerMinute);
        }
    }

    /// <summary>Shuts out for a while, without anything having been exceeded.</summary>
    public void Shut(DateTimeOffset until)
    {
        lock (_lock)
            _shutUntil = until > _shutUntil ? until : _shutUntil;
    }

    public void Leave()
    {
        lock (_lock)
            _underWay--;
    }
}
