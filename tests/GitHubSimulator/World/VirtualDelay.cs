namespace GitHubSimulator.World;

/// <summary>
/// Waits on a clock, and goes on in the very call that advances the clock or cancels. <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>
/// hands what comes after a cancellation to the thread pool, so that a run on a virtual clock would no longer be the same every time.
/// </summary>
internal static class VirtualDelay
{
    public static async ValueTask WaitAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return;
        var over = new TaskCompletionSource();
        using var cancelled = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over);
        await using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), over, wait, Timeout.InfiniteTimeSpan);
        await over.Task;
    }
}
