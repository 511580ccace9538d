using System.Runtime.CompilerServices;

namespace RepoPulse.Sql;

/// <summary>Makes one sequence in the order of keys of several that are.</summary>
internal static class EventMerge
{
    public static async IAsyncEnumerable<GitHubEvent> ReadAsync(
        IReadOnlyList<IAsyncEnumerable<GitHubEvent>> sequences, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new PriorityQueue<IAsyncEnumerator<GitHubEvent>, EventKey>();
        var enumerators = sequences.Select(sequence => sequence.GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            foreach (var enumerator in enumerators)
            {
                if (await enumerator.MoveNextAsync())
                    waiting.Enqueue(enumerator, enumerator.Current.Key);
            }

            while (waiting.TryDequeue(out var next, out _))
            {
                yield return next.Current;
                if (await next.MoveNextAsync())
                    waiting.Enqueue(next, next.Current.Key);
            }
        }
        finally
        {
            foreach (var enumerator in enumerators)
                await enumerator.DisposeAsync();
        }
    }
}
