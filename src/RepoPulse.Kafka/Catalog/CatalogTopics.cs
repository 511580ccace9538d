using System.Text.Json;
using Confluent.Kafka;
using RepoPulse.Events.Loops;
using RepoPulse.Kafka.Feeds;
using RepoPulse.Kafka.Statistics;
using RepoPulse.Kafka.Topics;

namespace RepoPulse.Kafka.Catalog;

/// <summary>
/// What an API follows: statistics, coverage, lists and archives, each topic read whole and followed by one client. Names and states go to the
/// catalog, figures to whoever takes them.
/// </summary>
internal sealed class CatalogTopics : IAsyncDisposable
{
    /// <summary>Lists lapse by time alone.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly KafkaCluster _cluster;
    private readonly KafkaMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Lock _lock = new();
    private readonly WatchState _watch;
    private readonly CatalogState _state;
    private readonly Dictionary<int, ProgressRecord> _progress = [];
    private Dictionary<long, StatisticsRecord> _figures = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TopicFollower? _follower;

    public CatalogTopics(KafkaCluster cluster, KafkaMetrics metrics, TimeProvider time)
    {
        _cluster = cluster;
        _metrics = metrics;
        _time = time;
        _watch = new WatchState(cluster.Names);
        _state = new CatalogState(_watch);
    }

    /// <summary>Why nothing comes from the brokers any more; null while it does.</summary>
    public string? Failure => _follower?.Failure;

    /// <summary>How far each partition of the events is folded, by its number; those that no aggregator has told of are missing.</summary>
    public Dictionary<int, ProgressRecord> Progress
    {
        get
        {
            lock (_lock)
                return new(_progress);
        }
    }

    /// <summary>Makes sure that everything is known that stood in the topics when this was first called.</summary>
    /// <exception cref="StorageException">The brokers do not answer.</exception>
    public async ValueTask<TopicFollower> StartAsync(CancellationToken cancellationToken)
    {
        await _cluster.OpenAsync(cancellationToken).ConfigureAwait(false);
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_follower is null)
            {
                var names = _cluster.Names;
                var partitions = _cluster.Options.Partitions;
                _follower = new TopicFollower(
                    _cluster,
                    _metrics,
                    TopicFollower.Whole((names.Statistics, partitions), (names.Coverage, partitions), (names.Feeds, partitions), (names.Collectors, 1), (names.Archives, 1)),
                    Apply,
                    Settled);
                _follower.Start();
            }
        }
        finally
        {
            _starting.Release();
        }

        await _follower.CaughtUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _follower;
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

            await changed.WithinAsync(LookInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The figures that came since they were last taken, the newest of each repository.</summary>
    public IReadOnlyCollection<StatisticsRecord> TakeFigures()
    {
        lock (_lock)
        {
            var taken = _figures;
            _figures = [];
            return taken.Values;
        }
    }

    /// <summary>Returns when something may have come.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_figures.Count > 0)
                return;
            changed = _changed.Task;
        }

        await changed.WithinAsync(atMost, _time, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_follower is not null)
            await _follower.DisposeAsync().ConfigureAwait(false);
        _starting.Dispose();
    }

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
                _progress[partition] = progress;
        }
        else if (topic == _cluster.Names.Statistics)
        {
            if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.StatisticsRecord) is not { } statistics)
                return;
            _state.Apply(statistics);
            _figures[statistics.RepositoryId] = statistics;
        }
        else if (topic == _cluster.Names.Coverage)
        {
            if (JsonSerializer.Deserialize(value, KafkaJsonContext.Default.CoverageRecord) is { } coverage)
                _state.Apply(coverage);
        }
        else if (topic == _cluster.Names.Archives && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.ArchiveRecord) is { } archive)
        {
            _state.Apply(archive);
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
