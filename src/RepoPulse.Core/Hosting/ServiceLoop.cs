namespace RepoPulse.Core.Hosting;

/// <summary>
/// The loop that every background service runs: iterate, and after a transient failure report it, back off with jitter and go on. An outage
/// is reported once when it begins and once when it is over. Idling is the iteration's own affair, because only it knows what to wait for.
/// </summary>
public sealed class ServiceLoop(TimeProvider time, Random random, OutageReports reports, LoopOptions? options = null)
{
    private readonly LoopOptions _options = options ?? new();
    private long? _lostAt;

    /// <summary>
    /// Runs until <paramref name="stopping"/> fires, then returns; cancellation by anything else is a failure like any other.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, ValueTask> iterate, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await iterate(stopping);
                failures = 0;
                Recovered();
                continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (_options.IsTransient(e))
            {
                var wait = Backoff(failures++);
                Report(e, wait);
                await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Says that what was lost is back. An iteration calls it as soon as it knows, because it may wait for long before it ends; the end of
    /// one is known to the loop.
    /// </summary>
    public void Recovered()
    {
        if (_lostAt is not { } lostAt)
            return;
        _lostAt = null;
        reports.Found(time.GetElapsedTime(lostAt));
    }

    private void Report(Exception failure, TimeSpan wait)
    {
        reports.Failed(failure);
        if (_lostAt is null)
            reports.Lost(failure, wait);
        else
            reports.StillLost(failure, wait);
        _lostAt ??= time.GetTimestamp();
    }

    /// <summary>Doubling from the minimum to the maximum, then drawn from its upper half so that instances do not fall into step.</summary>
    private TimeSpan Backoff(int failures)
    {
        var ceiling = Math.Min(_options.MaxBackoff.Ticks, _options.MinBackoff.Ticks * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromTicks((long)(ceiling * (0.5 + random.NextDouble() / 2)));
    }
}

/// <summary>How a <see cref="ServiceLoop"/> waits after a failure.</summary>
public sealed record LoopOptions
{
    /// <summary>The wait after the first failure; doubled with each further one.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a failure passes by itself; one that does not ends the loop with its exception.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = failure => failure is StorageException { IsTransient: true };
}

/// <summary>What a service reports of the failures of its <see cref="ServiceLoop"/>.</summary>
public sealed record OutageReports
{
    /// <summary>The first failure, and the wait that follows.</summary>
    public required Action<Exception, TimeSpan> Lost { get; init; }

    /// <summary>Each further failure of the same outage, and the wait that follows.</summary>
    public Action<Exception, TimeSpan> StillLost { get; init; } = (_, _) => { };

    /// <summary>The outage is over, and lasted so long.</summary>
    public Action<TimeSpan> Found { get; init; } = _ => { };

    /// <summary>Every failure, before it is logged: for the service's status.</summary>
    public Action<Exception> Failed { get; init; } = _ => { };
}
