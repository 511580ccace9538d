using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.UnitTests;

/// <summary>Runs code that waits on a fake clock: whenever nothing else can go on, time moves.</summary>
internal static class VirtualTime
{
    /// <summary>
    /// Awaits a task while time moves in steps, for at most a virtual day; a task that waits for something else hangs the run, and the hang
    /// guard names it.
    /// </summary>
    public static async Task<T> DriveAsync<T>(this FakeTimeProvider time, Task<T> task, TimeSpan? step = null)
    {
        var end = time.GetUtcNow() + TimeSpan.FromDays(1);
        while (!task.IsCompleted && time.GetUtcNow() < end)
        {
            // Continuations run on the pool: let them, before time moves on, also where other processes want the processor. One that
            // has lost its processor for some milliseconds is then not overtaken by much.
            for (var i = 0; i < 60 && !task.IsCompleted; i++)
            {
                Thread.Yield();
                await Task.Yield();
            }

            if (!task.IsCompleted)
                time.Advance(step ?? TimeSpan.FromMilliseconds(100));
        }

        return await task;
    }
}
