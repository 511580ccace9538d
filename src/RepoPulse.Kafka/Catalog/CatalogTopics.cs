using System.Text.Json;
using Confluent.Kafka;
using RepoPulse.Core.Hosting;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>
/// What an API follows: statistics, coverage, lists and archives, each topic read whole and followed by one client. Names and states go to
/// the catalog, statistics to the sink.
/// </summary>
internal sealed class CatalogTopics : IAsyncDisposable
{
    /// <summary>Lists lapse by time alone.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly KafkaCluster _cluster;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly WatchState _watch;
    private readonly CatalogState _state;
    private readonly Dictionary<int, ProgressRecord> _progress = [];
    private Dictionary<RepositoryId, RepositorySnapshot> _snapshots = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StartedFollower _follower;

    public CatalogTopics(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time)
    {
        _cluster = cluster;
        _time = time;
        _watch = new WatchState(cluster.Names);
        _state = new CatalogState(_watch);
        var (names, partitions) = (cluster.Names, cluster.Options.Partitions);
        _follower = new StartedFollower(() => new TopicFollower(
            cluster,
            metrics,
            TopicFollower.FromBeginning(
                (names.Statistics, partitions),
                (names.Coverage, partitions),
                (names.Feeds, partitions),
                (names.Collectors, 1),
                (names.Archives, 1)),
            Apply,
            Settled));
    }

    /// <summary>Why nothing comes from the brokers any more; null while it does.</summary>
    public string? Failure => _follower.Failure;

    /// <summary>How far each partition of the events is folded, by its number; those that no aggregator has reported are missing.</summary>
    public Dictionary<int, ProgressRecord> Progress
    {
        get
        {
            lock (_lock)
                return new(_progress);
        }
    }

    /// <summary>Makes sure that everything is known that stood in the topics when this was first called.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<TopicFollower> StartAsync(CancellationToken cancellationToken)
    {
        await _cluster.OpenAsync(cancellationToken);
        return await _follower.GetAsync(cancellationToken);
    }

    public CatalogChanges ReadChanges(long version)
    {
        lock (_lock)
            return _state.Read(version, _time.GetUtcNow());
    }

    public async ValueTask WaitForChangesAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                _state.Look(_time.GetUtcNow());
                if (_state.Version > version)
                    return;
                changed = _changed.Task;
            }

            await changed.WithinAsync(LookInterval, _time, cancellationToken);
        }
    }

    /// <summary>The statistics that came since they were last taken, the newest of each repository.</summary>
    public IReadOnlyCollection<RepositorySnapshot> TakeSnapshots()
    {
        lock (_lock)
        {
            var taken = _snapshots;
            _snapshots = [];
            return taken.Values;
        }
    }

    /// <summary>Returns when something may have come.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_snapshots.Count > 0)
                return;
            changed = _changed.Task;
        }

        await changed.WithinAsync(atMost, _time, cancellationToken);
    }

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    private void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        var names = _cluster.Names;
        lock (_lock)
        {
            if (record.Topic == names.Feeds || record.Topic == names.Collectors)
                _state.ApplyWatch(_watch.Apply(record));
            else if (record.Message.Value is { } value)
                Apply(record.Topic, record.Partition.Value, record.Message.Key, value);
        }
    }

    private void Apply(string topic, int partition, byte[]? key, byte[] value)
    {
        if (topic == _cluster.Names.Statistics && ProgressRecord.Key.SequenceEqual(key))
        {
            if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.ProgressRecord) is { } progress)
                _progress[partition] = progress.Checked();
        }
        else if (topic == _cluster.Names.Statistics)
        {
            if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.StatisticsRecord) is not { } statistics)
                return;

            // Read whole before anything is kept of it: a record that cannot be read leaves nothing behind.
            var snapshot = statistics.ToSnapshot();
            _state.Apply(statistics);
            _snapshots[snapshot.RepositoryId] = snapshot;
        }
        else if (topic == _cluster.Names.Coverage)
        {
            if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.CoverageRecord) is { } coverage)
                _state.Apply(coverage.Checked());
        }
        else if (topic == _cluster.Names.Archives
            && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.ArchiveRecord) is { } archive)
        {
            _state.Apply(archive.Checked());
        }
    }

    private void Settled()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
