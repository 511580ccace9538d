using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPulse.Core.Hosting;
using RepoPulse.Statistics;

namespace RepoPulse.Kafka;

/// <summary>
/// Gives the statistics that the aggregators publish to an API's view, in place of an aggregator of its own. Until every partition is
/// known, nothing is served; and where nobody reports one any more, its statistics are old and said to be.
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
    /// An aggregator publishes every 2 s that it was at the end at most 10 s before; the rest is for a rebalance, in which its partitions
    /// wait for their new owner.
    /// </summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    /// <summary>How long after statistics expired their successors may take to come.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What an aggregator said before this API started is old from this age on: less may be the difference of two clocks.
    /// </summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    private static readonly LoopOptions Backoff = new() { MaxBackoff = TimeSpan.FromSeconds(5) };

    private readonly SnapshotExpiries _expiries = new();

    /// <summary>
    /// When each partition was last heard of, in steady time: clocks of machines differ, so that silence is measured here.
    /// </summary>
    private readonly Dictionary<int, (DateTimeOffset AsOf, TimeSpan HeardAt)> _heard = [];
    private long _published;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ServiceLoop(
            time,
            random,
            new()
            {
                Lost = (failure, _) => LogLost(failure),
                Failed = failure => status.Set(status.Current with { Failure = failure.Message }),
            },
            Backoff).RunAsync(IterateAsync, stoppingToken);

    private async ValueTask IterateAsync(CancellationToken cancellationToken)
    {
        await topics.StartAsync(cancellationToken);
        await PublishAsync(cancellationToken);
        Report();
        await topics.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
    }

    private async ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        var taken = topics.TakeSnapshots();
        if (taken.Count == 0)
            return;
        await sink.PublishAsync([.. taken], cancellationToken);
        _published += taken.Count;
        foreach (var snapshot in taken)
            _expiries.Set(snapshot.RepositoryId.Value, snapshot.ValidUntil);
    }

    private void Report()
    {
        var now = time.GetUtcNow();
        var progress = topics.Progress;
        ApplyProgress(progress, now);
        var missing = Enumerable.Range(0, cluster.Options.Partitions).Where(number => !progress.ContainsKey(number)).ToList();
        var (failure, since) = missing.Count > 0 ? (DescribeMissing(missing), null) : Trouble(progress, now);
        UpdateStatus(failure);
        status.Set(new(
            LogPosition.Of([.. progress.OrderBy(reported => reported.Key).Select(reported => reported.Value.Offset)]), _published,
            _expiries.Count, 0, failure) { InStepAt = since ?? now });
        if (missing.Count == 0 && failure is null)
            status.SetCaughtUp();
    }

    /// <summary>What is wrong with the statistics that are served, and since when; null where nothing is.</summary>
    private (string? Failure, DateTimeOffset? Since) Trouble(Dictionary<int, ProgressRecord> progress, DateTimeOffset now)
    {
        if (progress.Values.FirstOrDefault(
            reported => reported.WindowSeconds != window.Duration.TotalSeconds || reported.WindowEvents != window.MaxEvents) is { } other)
        {
            return (string.Create(
                CultureInfo.InvariantCulture,
                $"The aggregators fold windows of {TimeSpan.FromSeconds(other.WindowSeconds)} and {other.WindowEvents} events, and " +
                $"this API is set to {window.Duration} and {window.MaxEvents}: set Statistics:WindowDuration and " +
                $"Statistics:WindowEvents alike."), other.AsOf);
        }

        var steady = time.GetSteadyNow();
        var silent = progress.Where(reported => steady - _heard[reported.Key].HeardAt > MaxSilence).ToList();
        var oldest = progress.Values.Min(reported => reported.AsOf);
        if (silent.Count > 0)
            return (string.Create(
                CultureInfo.InvariantCulture,
                $"Nobody folds {silent.Count} of {progress.Count} partitions: no aggregator has reported them since " +
                $"{oldest:yyyy-MM-ddTHH:mm:ssZ}."), oldest);
        if (topics.Failure is { } failure)
            return (KafkaErrors.Say(cluster.Options, $"nothing comes any more: {failure}"), oldest);

        // By the clocks of the aggregators, which say until when the statistics hold.
        var theirNow = _heard.Values.Min(reported => reported.AsOf + (steady - reported.HeardAt));
        return _expiries.FirstBefore((theirNow < now ? theirNow : now) - ExpiryMargin) is { } expired
            ? ("Statistics have expired and no aggregator has published of their successors.", expired)
            : (null, null);
    }

    private void ApplyProgress(Dictionary<int, ProgressRecord> progress, DateTimeOffset now)
    {
        foreach (var (partition, reported) in progress)
        {
            var isKnown = _heard.TryGetValue(partition, out var last);
            if (isKnown && last.AsOf == reported.AsOf)
                continue;
            var age = now - reported.AsOf;
            _heard[partition] = (reported.AsOf, time.GetSteadyNow() - (!isKnown && age > ClockTolerance ? age : TimeSpan.Zero));
        }
    }

    private string DescribeMissing(List<int> missing) =>
        $"No aggregator has reported {missing.Count} of {cluster.Options.Partitions} partitions yet: run `repopulse aggregate`.";

    private void UpdateStatus(string? failure)
    {
        if (failure is not null && status.Current.Failure is null)
            LogTrouble(failure);
        else if (failure is null && status.Current.Failure is not null)
            LogWell();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Failure}")]
    private partial void LogTrouble(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Every partition is followed")]
    private partial void LogWell();

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The statistics cannot be read; trying again every few seconds")]
    private partial void LogLost(Exception exception);
}
