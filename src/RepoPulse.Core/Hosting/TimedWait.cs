namespace RepoPulse.Core.Hosting;

/// <summary>Waiting for something, and no longer than a time.</summary>
public static class TimedWait
{
    /// <summary>Returns when a task is done, or a time is over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task WithinAsync(this Task task, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(task, Task.Delay(atMost, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns when a wait is over, or a time is, which ends the wait. What the wait failed with is thrown.</summary>
    public static async Task WithinAsync(
        Func<CancellationToken, ValueTask> wait, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(atMost, time, done.Token);
        var waiting = wait(done.Token).AsTask();
        await Task.WhenAny(timer, waiting);
        var timeIsUp = !waiting.IsCompleted;
        await done.CancelAsync();
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Only what we cancelled ourselves goes unreported.
        if (!timeIsUp || !waiting.IsCanceled)
            await waiting;
    }
}

/// <summary>Something that is due at once, and then again an interval after it was last done. Not for several threads at once.</summary>
public sealed class Recurrence(TimeSpan interval)
{
    private DateTimeOffset? _doneAt;

    /// <summary>
    /// Whether it is due. A clock that was set back since it was last done makes it due: how long ago that was is not known any more.
    /// </summary>
    public bool IsDue(DateTimeOffset now) => _doneAt is not { } doneAt || now < doneAt || now - doneAt >= interval;

    public void Done(DateTimeOffset now) => _doneAt = now;
}
