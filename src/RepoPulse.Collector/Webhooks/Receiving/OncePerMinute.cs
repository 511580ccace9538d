namespace RepoPulse.Collector.Webhooks;

/// <summary>Lets one in a minute pass, and counts the others.</summary>
internal sealed class OncePerMinute(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _passedAt;
    private int _held;

    /// <param name="held">How many were held back since the last that passed.</param>
    public bool TryPass(out int held)
    {
        lock (_lock)
        {
            held = _held;
            if (_passedAt is { } at && time.GetElapsedTime(at) < Interval)
            {
                _held++;
                return false;
            }

            _passedAt = time.GetTimestamp();
            _held = 0;
            return true;
        }
    }
}
