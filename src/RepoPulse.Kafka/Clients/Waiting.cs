namespace RepoPulse.Kafka.Clients;

internal static class Waiting
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
}
