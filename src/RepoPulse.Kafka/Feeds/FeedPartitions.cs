namespace RepoPulse.Kafka;

/// <summary>
/// The partitions of the feeds that this process has. Where collectors share the feeds it has what the group gave it; else, as in a tool or
/// a test, it takes what it is asked for.
/// </summary>
internal sealed class FeedPartitions(KafkaCluster cluster, KafkaMetrics metrics) : IAsyncDisposable
{
    private readonly SemaphoreSlim[] _opening = [.. Enumerable.Range(0, cluster.Options.Partitions).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly Lock _lock = new();
    private readonly Dictionary<int, OwnedPartition> _open = [];

    /// <summary>Whether a group says which partitions this process has.</summary>
    public bool IsShared { get; set; }

    /// <summary>The partition that holds a feed, if this process has it.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<OwnedPartition?> FindAsync(FeedAddress feed, CancellationToken cancellationToken)
    {
        if (feed.IsRepositoryId)
        {
            // It stands where the name was that it lost; so wherever it is found.
            if (!IsShared)
                await OpenAllAsync(cancellationToken);
            lock (_lock)
                return _open.Values.FirstOrDefault(partition => partition.Find(feed) is not null);
        }

        var number = FeedKeys.Partition(feed, cluster.Options.Partitions);
        lock (_lock)
        {
            if (_open.TryGetValue(number, out var open) && !(open.IsFenced && !IsShared))
                return open;
        }

        return IsShared ? null : await OpenAsync(number, cancellationToken);
    }

    /// <summary>Takes a partition over.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<OwnedPartition> OpenAsync(int number, CancellationToken cancellationToken)
    {
        await cluster.OpenAsync(cancellationToken);
        await _opening[number].WaitAsync(cancellationToken);
        try
        {
            OwnedPartition? former;
            lock (_lock)
            {
                if (_open.TryGetValue(number, out former) && !former.IsFenced)
                    return former;
            }

            if (former is not null)
                await CloseAsync(number);
            var partition = await OwnedPartition.OpenAsync(cluster, metrics, number, cancellationToken);
            lock (_lock)
                _open[number] = partition;
            return partition;
        }
        finally
        {
            _opening[number].Release();
        }
    }

    public async ValueTask OpenAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, cluster.Options.Partitions).Select(number => OpenAsync(number, cancellationToken).AsTask()));
    }

    /// <summary>Those that this process has, by number; fenced ones are no longer among them.</summary>
    public Dictionary<int, OwnedPartition> Open()
    {
        lock (_lock)
            return _open.Where(open => !open.Value.IsFenced).ToDictionary();
    }

    public async ValueTask CloseAsync(int number)
    {
        OwnedPartition? partition;
        lock (_lock)
            _open.Remove(number, out partition);
        if (partition is not null)
            await partition.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        int[] numbers;
        lock (_lock)
            numbers = [.. _open.Keys];
        await Task.WhenAll(numbers.Select(number => CloseAsync(number).AsTask()));
    }
}
