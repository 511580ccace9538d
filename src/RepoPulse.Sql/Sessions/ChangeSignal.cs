namespace RepoPulse.Sql.Sessions;

/// <summary>Wakes this process's waiters at once, and lets them look for other processes' changes every so often.</summary>
internal sealed class ChangeSignal(TimeProvider time)
{
    /// <summary>Below the 250 ms within which the log promises to notice the appends of others.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

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
            if (await look(cancellationToken).ConfigureAwait(false))
                return;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(LookEvery, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
