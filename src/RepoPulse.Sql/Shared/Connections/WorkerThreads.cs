using System.Collections.Concurrent;

namespace RepoPulse.Sql;

/// <summary>
/// Threads for work that keeps a thread: it waits for a server, or reads a file. Not the runtime's pool, which the rest of the process
/// needs: on a small machine that has few threads, and takes half a second to add one when all of them are taken.
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
        try
        {
            _work.Add(Run, CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException($"The threads '{name}' have ended.", e);
        }

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
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
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
