using Microsoft.Extensions.Hosting;

namespace RepoPulse.Api.View;

/// <summary>Writes the view again at the moments at which time alone changes a document: one timer for all repositories.</summary>
internal sealed class WindowClock : IHostedService, IDisposable
{
    /// <summary>A timer does not see the wall clock being set, nor a machine's sleep, so none runs for longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _setting = new();
    private readonly StatisticsView _view;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset? _due;
    private bool _running;

    public WindowClock(StatisticsView view, TimeProvider time)
    {
        _view = view;
        _time = time;
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _view.NextChangeMoved = MoveTo;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_setting)
        {
            _running = true;
            SetTimer();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_setting)
        {
            _running = false;
            SetTimer();
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _view.NextChangeMoved = null;
        _timer.Dispose();
    }

    private void Tick()
    {
        _view.Advance();

        // Where nothing moved, because the timer was early or only looked at the clock, the wait goes on.
        lock (_setting)
            SetTimer();
    }

    private void MoveTo(DateTimeOffset? due)
    {
        lock (_setting)
        {
            _due = due;
            SetTimer();
        }
    }

    private void SetTimer()
    {
        var wait = _running && _due is { } due ? Wait(due - _time.GetUtcNow()) : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>In whole milliseconds, rounded up: timers cut fractions off, and would fire over and over before the moment.</summary>
    private static TimeSpan Wait(TimeSpan left) => left <= TimeSpan.Zero ? TimeSpan.Zero
        : left >= LongestWait ? LongestWait
        : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
}
