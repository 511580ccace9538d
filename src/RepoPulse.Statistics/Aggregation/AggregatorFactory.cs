using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>Makes aggregators for parts of a log, which count into the same metrics.</summary>
public sealed class AggregatorFactory
{
    private readonly AggregatorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    internal AggregatorFactory(AggregatorOptions options, AggregatorMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        Options = options;
        _metrics = metrics;
        _time = time;
        _loggers = loggers;
    }

    public AggregatorOptions Options { get; }

    /// <summary>An aggregator that is not started yet.</summary>
    /// <param name="status">Its own, which it alone writes.</param>
    public BackgroundService Create(IEventLogReader log, IStatisticsSink sink, AggregatorStatus status) =>
        new Aggregator(log, sink, Options, status, _metrics, _time, new Random(), _loggers.CreateLogger<Aggregator>());
}
