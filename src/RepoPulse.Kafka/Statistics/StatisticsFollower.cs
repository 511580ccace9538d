using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Events.Loops;
using RepoPulse.Kafka.Catalog;
using RepoPulse.Kafka.Clients;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka.Statistics;

/// <summary>
/// Gives the figures that the aggregators publish to an API's view, in place of an aggregator of its own. Until every partition has been told of,
/// nothing is served; and where nobody tells of one any more, its figures are old and said to be.
/// </summary>
internal sealed partial class StatisticsFollower(
    KafkaCluster cluster,
    CatalogTopics topics,
    IStatisticsSink sink,
    WindowOptions window,
    AggregatorStatus status,
    TimeProvider time,
    Random random,
    ILogger<StatisticsFollower> logger) : BackgroundService
{
    /// <summary>
    /// An aggregator tells every 2 s that it was at the end at most 10 s before; the rest is for a rebalance, in which its partitions wait for their
    /// new owner.
    /// </summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    /// <summary>How long after figures ran out their successors may take to come.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(5);

    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly FigureExpiries _expiries = new();
    private long _published;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ServiceLoop(time, random, OnFailure, e => e is StorageException { IsTransient: true }, Backoff).RunAsync(IterateAsync, stoppingToken);

    private async ValueTask IterateAsync(CancellationToken cancellationToken)
    {
        await topics.StartAsync(cancellationToken).ConfigureAwait(false);
        await PublishAsync(cancellationToken).ConfigureAwait(false);
        Report();
        await topics.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        var records = topics.TakeFigures();
        if (records.Count == 0)
            return;
        await sink.PublishAsync([.. records.Select(record => record.ToFigures())], cancellationToken).ConfigureAwait(false);
        _published += records.Count;
        foreach (var record in records)
            _expiries.Set(record.RepositoryId, record.ValidUntil);
    }

    private void Report()
    {
        var now = time.GetUtcNow();
        var progress = topics.Progress;
        var missing = Enumerable.Range(0, cluster.Options.Partitions).Where(number => !progress.ContainsKey(number)).ToList();
        var (failure, since) = missing.Count > 0 ? (NeverTold(missing), null) : Trouble(progress, now);
        Tell(failure);
        status.Set(new(
            LogPosition.Of([.. progress.OrderBy(told => told.Key).Select(told => told.Value.Offset)]), _published, _expiries.Count, 0, failure) { InStepAt = since ?? now });
        if (missing.Count == 0 && failure is null)
            status.SetCaughtUp();
    }

    /// <summary>What is wrong with the figures that are served, and since when; null where nothing is.</summary>
    private (string? Failure, DateTimeOffset? Since) Trouble(Dictionary<int, ProgressRecord> progress, DateTimeOffset now)
    {
        if (progress.Values.FirstOrDefault(told => told.WindowSeconds != window.Duration.TotalSeconds || told.WindowEvents != window.MaxEvents) is { } other)
        {
            return (string.Create(
                CultureInfo.InvariantCulture,
                $"The aggregators fold windows of {TimeSpan.FromSeconds(other.WindowSeconds)} and {other.WindowEvents} events, and this API is set to {window.Duration} and {window.MaxEvents}: set Statistics:WindowDuration and Statistics:WindowEvents alike."), other.AsOf);
        }

        var silent = progress.Where(told => now - told.Value.AsOf > MaxSilence).ToList();
        var oldest = progress.Values.Min(told => told.AsOf);
        if (silent.Count > 0)
            return (string.Create(CultureInfo.InvariantCulture, $"Nobody folds {silent.Count} of {progress.Count} partitions: no aggregator has told of them since {oldest:yyyy-MM-ddTHH:mm:ssZ}."), oldest);
        if (topics.Failure is { } failure)
            return (KafkaFaults.Say(cluster.Options, $"nothing comes any more: {failure}"), oldest);
        return _expiries.FirstBefore(now - ExpiryMargin) is { } expired ? ("Figures have run out and no aggregator has told of their successors.", expired) : (null, null);
    }

    private string NeverTold(List<int> missing) =>
        $"No aggregator has told of {missing.Count} of {cluster.Options.Partitions} partitions yet: run `repopulse aggregate`.";

    private void Tell(string? failure)
    {
        if (failure is not null && status.Current.Failure is null)
            LogTrouble(failure);
        else if (failure is null && status.Current.Failure is not null)
            LogWell();
    }

    private void OnFailure(Exception e, TimeSpan wait)
    {
        if (status.Current.Failure is null)
            LogLost(e);
        status.Set(status.Current with { Failure = e.Message });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}")]
    private partial void LogTrouble(string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Every partition is followed")]
    private partial void LogWell();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The statistics cannot be read; trying again every few seconds")]
    private partial void LogLost(Exception exception);
}
