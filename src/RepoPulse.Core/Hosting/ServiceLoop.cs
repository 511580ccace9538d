namespace RepoPulse.Core.Hosting;

/// <summary>
/// The loop that every background service runs: iterate, and after a transient failure say so, back off with jitter and go on. Idling is
/// the iteration's own affair, because only it knows what to wait for.
/// </summary>
/// <param name="onFailure">Called with each failure and the wait that follows: nothing is swallowed.</param>
/// <param name="isTransient">Whether a failure passes by itself; one that does not ends the loop with its exception.</param>
public sealed class ServiceLoop(
    TimeProvider time, Random random, Action<Exception, TimeSpan> onFailure, Func<Exception, bool> isTransient, LoopOptions? options = null)
{
    private readonly LoopOptions _options = options ?? new();

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
                continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (isTransient(e))
            {
                var wait = Backoff(failures++);
                onFailure(e, wait);
                await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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
}
