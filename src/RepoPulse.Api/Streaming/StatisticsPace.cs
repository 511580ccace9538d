namespace RepoPulse.Api.Streaming;

/// <summary>Publishes changed statistics at once, and those of one repository at most once a second.</summary>
internal sealed class StatisticsPace : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<RepositoryId, long> _publishedAt = [];
    private readonly Queue<(RepositoryId Id, long At)> _recent = [];
    private readonly HashSet<RepositoryId> _waiting = [];
    private readonly PriorityQueue<RepositoryId, long> _due = new();
    private readonly Action<IReadOnlyList<RepositoryId>> _publish;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long? _timerAt;

    public StatisticsPace(Action<IReadOnlyList<RepositoryId>> publish, TimeProvider time)
    {
        (_publish, _time) = (publish, time);
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Note(RepositoryId id)
    {
        lock (_lock)
        {
            if (!_waiting.Add(id))
                return;
            var now = _time.GetTimestamp();
            _due.Enqueue(id, _publishedAt.TryGetValue(id, out var at) ? Math.Max(now, at + Ticks(Interval)) : now);
            SetTimer(now);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        List<RepositoryId> due = [];
        lock (_lock)
        {
            _timerAt = null;
            var now = _time.GetTimestamp();
            while (_recent.TryPeek(out var old) && old.At + Ticks(Interval) <= now)
            {
                _recent.Dequeue();
                if (_publishedAt[old.Id] == old.At)
                    _publishedAt.Remove(old.Id);
            }

            while (_due.TryPeek(out var id, out var at) && at <= now)
            {
                _due.Dequeue();
                _waiting.Remove(id);
                _publishedAt[id] = now;
                _recent.Enqueue((id, now));
                due.Add(id);
            }

            SetTimer(now);
        }

        if (due.Count > 0)
            _publish(due);
    }

    private void SetTimer(long now)
    {
        if (!_due.TryPeek(out _, out var at) || _timerAt <= at)
            return;
        _timerAt = at;

        // A timer counts whole milliseconds and rounds down: without this it would fire early, over and over.
        _timer.Change(
            TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(_time.GetElapsedTime(now, at).TotalMilliseconds))),
            Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
