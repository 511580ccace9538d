namespace RepoPulse.Sql;

/// <summary>Wakes this process's waiters at once, and lets them look for other processes' changes every so often.</summary>
/// <param name="lookEvery">Asked before each wait.</param>
internal sealed class ChangeSignal(TimeProvider time, Func<TimeSpan> lookEvery)
{
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() =>
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Returns once <paramref name="look"/> finds a change.</summary>
    public async ValueTask WaitAsync(Func<CancellationToken, ValueTask<bool>> look, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before looking: a change between the look and the wait is not missed.
            var changed = _changed.Task;
            if (await look(cancellationToken))
                return;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(lookEvery(), time, waiting.Token));
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
