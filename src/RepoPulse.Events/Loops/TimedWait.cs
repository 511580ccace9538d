namespace RepoPulse.Events.Loops;

/// <summary>Waiting for something, and no longer than a time.</summary>
public static class TimedWait
{
    /// <summary>Returns when a task is done, or a time is over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task WithinAsync(this Task task, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(task, Task.Delay(atMost, time, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns when a wait is over, or a time is, which ends the wait. What the wait failed with is thrown.</summary>
    public static async Task WithinAsync(Func<CancellationToken, ValueTask> wait, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(atMost, time, done.Token);
        var waiting = wait(done.Token).AsTask();
        await Task.WhenAny(timer, waiting).ConfigureAwait(false);
        var timeIsUp = !waiting.IsCompleted;
        await done.CancelAsync().ConfigureAwait(false);
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Only what we cancelled ourselves goes untold.
        if (!timeIsUp || !waiting.IsCanceled)
            await waiting.ConfigureAwait(false);
    }
}
