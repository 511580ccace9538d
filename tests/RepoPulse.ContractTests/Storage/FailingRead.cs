using System.Collections;

namespace RepoPulse.ContractTests.Storage;

/// <summary>Events of which one reading fails: wherever a program may be broken off.</summary>
/// <param name="failsAt">Which reading of any of the events, counted from 1.</param>
public sealed class FailingRead(IReadOnlyList<GitHubEvent> events, int failsAt) : IReadOnlyList<GitHubEvent>
{
    private int _reads;

    public int Count => events.Count;

    public GitHubEvent this[int index] =>
        Interlocked.Increment(ref _reads) == failsAt ? throw new InvalidOperationException("Broken off.") : events[index];

    public IEnumerator<GitHubEvent> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
