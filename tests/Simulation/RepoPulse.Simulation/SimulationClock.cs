namespace RepoPulse.Simulation;

/// <summary>
/// A clock that stands until it is moved to its next timer. Timers fire one by one on the thread that moves it, in the order of their time
/// and then of their making, and what waited for them goes on there and then: so a whole run happens on one thread, and the same way every
/// time.
/// </summary>
public sealed class SimulationClock(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Due, long Order)> _timers = new();
    private long _now = start.UtcTicks;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Where something went on elsewhere the run could not be repeated.
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("A simulation happens on one thread.");
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer, or to <paramref name="limit"/> where none is due before; false there.</summary>
    public bool AdvanceToNextTimer(DateTimeOffset limit)
    {
        while (_timers.TryPeek(out var timer, out var next) && next.Due <= limit.UtcTicks)
        {
            _timers.Dequeue();
            if (timer.Due != next.Due)
                continue;
            _now = Math.Max(_now, next.Due);
            timer.Fire();
            return true;
        }

        _now = Math.Max(_now, limit.UtcTicks);
        return false;
    }

    private sealed class Timer(SimulationClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Null while it is not to fire.</summary>
        public long? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime.Ticks;
            if (Due is { } due)
                clock._timers.Enqueue(this, (due, clock._order++));
            return true;
        }

        public void Fire()
        {
            Due = null;
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Due = null;
            return ValueTask.CompletedTask;
        }
    }
}
