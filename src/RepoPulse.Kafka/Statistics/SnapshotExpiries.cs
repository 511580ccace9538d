namespace RepoPulse.Kafka;

/// <summary>
/// Until when the statistics of each repository hold, by the first that expires. A moment that moves away, as each new event of a full
/// window makes it, is only noted, and looked at when it comes to the top: so there is one entry a repository and not one for each time
/// that it was reported.
/// </summary>
internal sealed class SnapshotExpiries
{
    private readonly Dictionary<long, (DateTimeOffset Until, DateTimeOffset Queued)> _snapshots = [];
    private readonly PriorityQueue<long, DateTimeOffset> _queue = new();

    /// <summary>Repositories whose statistics expire at some time.</summary>
    public int Count => _snapshots.Count;

    /// <summary>Entries that are kept; as many as <see cref="Count"/>, and some whose moment came nearer.</summary>
    internal int Queued => _queue.Count;

    /// <param name="until">Null where they hold for ever.</param>
    public void Set(long repository, DateTimeOffset? until)
    {
        if (until is not { } at)
            _snapshots.Remove(repository);
        else if (_snapshots.TryGetValue(repository, out var known) && known.Queued <= at)
            _snapshots[repository] = (at, known.Queued);
        else
            Enqueue(repository, at);
    }

    /// <summary>
    /// The earliest moment that lies before a time and until which some statistics held; null where none has expired by then.
    /// </summary>
    public DateTimeOffset? FirstBefore(DateTimeOffset time)
    {
        while (_queue.TryPeek(out var repository, out var queued) && queued < time)
        {
            var isCurrent = _snapshots.TryGetValue(repository, out var snapshot) && snapshot.Queued == queued;
            if (isCurrent && snapshot.Until == queued)
                return queued;
            _queue.Dequeue();
            if (isCurrent)
                Enqueue(repository, snapshot.Until);
        }

        return null;
    }

    private void Enqueue(long repository, DateTimeOffset until)
    {
        _snapshots[repository] = (until, until);
        _queue.Enqueue(repository, until);
    }
}
