namespace RepoPulse.Kafka.Statistics;

/// <summary>
/// Until when the figures of each repository hold, by the first that runs out. A moment that moves away, as each new event of a full window makes it,
/// is only noted, and looked at when it comes to the top: so there is one entry a repository and not one for each time that it was told.
/// </summary>
internal sealed class FigureExpiries
{
    private readonly Dictionary<long, (DateTimeOffset Until, DateTimeOffset Queued)> _figures = [];
    private readonly PriorityQueue<long, DateTimeOffset> _queue = new();

    /// <summary>Repositories whose figures run out some time.</summary>
    public int Count => _figures.Count;

    /// <summary>Entries that are kept; as many as <see cref="Count"/>, and some whose moment came nearer.</summary>
    internal int Queued => _queue.Count;

    /// <param name="until">Null where they hold for ever.</param>
    public void Set(long repository, DateTimeOffset? until)
    {
        if (until is not { } at)
            _figures.Remove(repository);
        else if (_figures.TryGetValue(repository, out var known) && known.Queued <= at)
            _figures[repository] = (at, known.Queued);
        else
            Enqueue(repository, at);
    }

    /// <summary>The earliest moment that lies before a time and until which some figures held; null where none has run out by then.</summary>
    public DateTimeOffset? FirstBefore(DateTimeOffset time)
    {
        while (_queue.TryPeek(out var repository, out var queued) && queued < time)
        {
            var isCurrent = _figures.TryGetValue(repository, out var figures) && figures.Queued == queued;
            if (isCurrent && figures.Until == queued)
                return queued;
            _queue.Dequeue();
            if (isCurrent)
                Enqueue(repository, figures.Until);
        }

        return null;
    }

    private void Enqueue(long repository, DateTimeOffset until)
    {
        _figures[repository] = (until, until);
        _queue.Enqueue(repository, until);
    }
}
