using Microsoft.Extensions.Hosting;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>
/// Folds one partition: the aggregator of every deployment, given a log of one partition and a topic to publish to. What it publishes
/// before the end that the log had at the start is nothing, so that half a window is never served.
/// </summary>
internal sealed class PartitionAggregator : IAsyncDisposable
{
    private readonly int _number;
    private readonly PartitionedLog _log;
    private readonly PartitionStatistics _statistics;
    private readonly BackgroundService _aggregator;
    private readonly WindowOptions _window;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _readSince;

    private PartitionAggregator(
        int number,
        PartitionedLog log,
        PartitionStatistics statistics,
        AggregatorStatus status,
        BackgroundService aggregator,
        WindowOptions window,
        TimeProvider time,
        DateTimeOffset readSince)
    {
        (_time, _readSince) = (time, readSince);
        _number = number;
        _log = log;
        _statistics = statistics;
        _aggregator = aggregator;
        _window = window;
        Status = status;
    }

    public AggregatorStatus Status { get; }

    public bool IsFenced => _statistics.IsFenced;

    /// <summary>What ended it, if something that does not pass by itself did.</summary>
    public Exception? Error => _aggregator.ExecuteTask?.Exception?.GetBaseException();

    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public static async Task<PartitionAggregator> StartAsync(
        KafkaCluster cluster,
        KafkaMetrics metrics,
        AggregatorFactory factory,
        EvidenceOptions evidence,
        int number,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var statistics = await PartitionStatistics.OpenAsync(cluster, metrics, number, evidence, cancellationToken);
        var readSince = time.GetUtcNow() - factory.Options.Window.Duration;
        var log = new PartitionedLog(cluster, metrics, [number], factory.Options.Window.Duration, time, statistics.See);
        var status = new AggregatorStatus();
        var aggregator = factory.Create(log, statistics, status);
        await aggregator.StartAsync(CancellationToken.None);
        return new PartitionAggregator(number, log, statistics, status, aggregator, factory.Options.Window, time, readSince);
    }

    /// <summary>Publishes how far it is, if it is in step.</summary>
    /// <exception cref="StorageException">The brokers do not respond, or another process has the partition by now.</exception>
    public async ValueTask PublishProgressAsync(CancellationToken cancellationToken)
    {
        if (Status.CaughtUp
            && Status.Current is { Failure: null, InStepAt: { } at, Position: var position }
            && position.Offsets is [var offset])
        {
            _statistics.RefreshEvidence(_time.GetUtcNow(), _readSince);
            await _statistics.PublishProgressAsync(
                new ProgressRecord(at, offset, _window.Duration.TotalSeconds, _window.MaxEvents), cancellationToken);
        }
    }

    public async ValueTask MeasureAsync(KafkaMetrics metrics, CancellationToken cancellationToken)
    {
        if (Status.Current.Position.Offsets is [var offset])
            metrics.Progressed("aggregators", _number, offset, await _log.LagAsync(Status.Current.Position, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _aggregator.StopAsync(CancellationToken.None);
        _aggregator.Dispose();
        await _log.DisposeAsync();
        await _statistics.DisposeAsync();
    }
}
