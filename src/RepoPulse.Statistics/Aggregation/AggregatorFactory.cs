using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Statistics;

/// <summary>Makes aggregators for parts of a log, which count into the same metrics.</summary>
public sealed class AggregatorFactory
{
    private readonly AggregatorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggerFactory _loggers;

    internal AggregatorFactory(
        AggregatorOptions options, AggregatorMetrics metrics, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        Options = options;
        _metrics = metrics;
        _time = time;
        _random = random;
        _loggers = loggers;
    }

    public AggregatorOptions Options { get; }

    /// <summary>An aggregator that is not started yet.</summary>
    /// <param name="status">Its own, which it alone writes.</param>
    public BackgroundService Create(IEventLogReader log, IStatisticsSink sink, AggregatorStatus status) =>
        new Aggregator(log, sink, Options, status, _metrics, _time, _random, _loggers.CreateLogger<Aggregator>());
}

/// <summary>What an aggregator computes, and how much it reads at once.</summary>
public sealed record AggregatorOptions
{
    public WindowOptions Window { get; init; } = new();

    /// <summary>The most events that a fold reads into memory at once, at least 1.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>
    /// Once in step, statistics are published no sooner than this after they last were, and events gather meanwhile. Zero where publishing
    /// costs nothing.
    /// </summary>
    public TimeSpan MinPublishInterval { get; init; } = TimeSpan.Zero;
}

/// <summary>Where an aggregator puts the statistics that changed: the API's memory in one process, a compacted topic over Kafka.</summary>
public interface IStatisticsSink
{
    /// <summary>Takes the statistics that changed, each repository's whole and in place of what it had.</summary>
    /// <exception cref="Core.StorageException">The sink is a store or broker and cannot be reached.</exception>
    ValueTask PublishAsync(IReadOnlyList<RepositorySnapshot> changed, CancellationToken cancellationToken);
}
