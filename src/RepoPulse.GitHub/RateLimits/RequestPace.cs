using RepoPulse.Core.Hosting;

namespace RepoPulse.GitHub;

/// <summary>Keeps one user's requests evenly spaced and few at once, so that GitHub's secondary limits are never met in a burst.</summary>
internal sealed class RequestPace(int maxPerMinute, int maxConcurrent, TimeProvider time) : IDisposable
{
    /// <summary>
    /// What GitHub counts within a minute may have been sent in a little more: some requests are longer on their way than others.
    /// </summary>
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(61);

    private readonly TimeSpan _spacing = Minute / maxPerMinute;
    private readonly SemaphoreSlim _slots = new(maxConcurrent);
    private readonly Lock _lock = new();
    private TimeSpan _next;
    private volatile int _collectors = 1;

    /// <summary>How many collectors keep to this pace together: each asks as many times more rarely.</summary>
    public int Collectors
    {
        get => _collectors;
        set => _collectors = value;
    }

    /// <summary>Waits for a place; dispose the response when the request is over.</summary>
    public async ValueTask<Slot> EnterAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var wait = Reserve();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            return new Slot(_slots);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Dispose() => _slots.Dispose();

    private TimeSpan Reserve()
    {
        lock (_lock)
        {
            var now = time.GetSteadyNow();
            var at = _next > now ? _next : now;
            _next = at + (_spacing * _collectors);
            return at - now;
        }
    }

    internal readonly struct Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
