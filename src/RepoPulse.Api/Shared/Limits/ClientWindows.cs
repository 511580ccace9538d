namespace RepoPulse.Api;

/// <summary>
/// The requests of every client within the last minute. Its memory is bounded however many come, and its time is the injected one: the
/// framework's partitioned limiter promises neither.
/// </summary>
internal sealed class ClientWindows(int limit, int maxAddresses, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Client, SlidingWindow> _windows = [];
    private readonly SlidingWindow _others = new(0);
    private long _sweptAt = long.MinValue;

    public int Count
    {
        get
        {
            lock (_lock)
                return _windows.Count;
        }
    }

    /// <summary>Counts a request, if it is within the limit.</summary>
    public Quota Take(Client client)
    {
        lock (_lock)
        {
            var (second, fraction) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
            var window = Find(client, second);
            window.MoveTo(second);
            var granted = window.Taken < limit;
            if (granted)
                window.Take();
            return new Quota(
                granted, limit - window.Taken, TimeSpan.FromSeconds(window.OldestLeavesAt - second) - time.GetElapsedTime(0, fraction));
        }
    }

    /// <summary>
    /// Where more addresses ask than are distinguished, the newest of them count as one. Keys are few, and each has its own always.
    /// </summary>
    private SlidingWindow Find(Client client, long second)
    {
        if (_windows.TryGetValue(client, out var window))
            return window;
        if (!client.HasKey && _windows.Count >= maxAddresses && !MakeRoom(second))
            return _others;
        _windows.Add(client, window = new SlidingWindow(second));
        return window;
    }

    /// <summary>Forgets who has not asked for a minute: at most once a second, because it looks at all of them.</summary>
    private bool MakeRoom(long second)
    {
        if (second == _sweptAt)
            return false;
        _sweptAt = second;
        foreach (var (client, window) in _windows)
        {
            window.MoveTo(second);
            if (window.Taken == 0)
                _windows.Remove(client);
        }

        return _windows.Count < maxAddresses;
    }
}

/// <summary>How a client stands after a request.</summary>
/// <param name="Granted">Whether the request was within the limit.</param>
/// <param name="Remaining">How many more are.</param>
/// <param name="Reset">When the next of those made counts no more.</param>
internal readonly record struct Quota(bool Granted, int Remaining, TimeSpan Reset);
