using System.Collections.Concurrent;

namespace RepoPulse.Sql.Postgres.Connections;

/// <summary>
/// Threads for work that waits for the server. Not the runtime's pool: on a small machine that has few threads, and takes half a second to add one when all of
/// them wait.
/// </summary>
internal sealed class WorkerThreads(int count, string name) : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private int _started;

    /// <summary>Does something once a thread is free. It is not begun where that is cancelled first.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (_started < count && Interlocked.Increment(ref _started) <= count)
            new Thread(Work) { IsBackground = true, Name = name }.Start();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(Run, CancellationToken.None);
        return done.Task;

        void Run()
        {
            try
            {
                if (cancellationToken.IsCancellationRequested)
                    done.SetCanceled(cancellationToken);
                else
                    done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }

    /// <summary>Lets the threads end once nothing is left to do.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var run in _work.GetConsumingEnumerable())
            run();
    }
}
