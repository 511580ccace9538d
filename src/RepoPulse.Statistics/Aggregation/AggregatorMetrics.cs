using System.Diagnostics.Metrics;

namespace RepoPulse.Statistics;

/// <summary>What an aggregator counts and measures.</summary>
public sealed class AggregatorMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RepoPulse.Statistics";

    private readonly Counter<long> _folded;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _outside;
    private readonly Counter<long> _published;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _foldDuration;

    public AggregatorMetrics(IMeterFactory meters, AggregatorStatus status)
    {
        var meter = meters.Create(MeterName);
        _folded = meter.CreateCounter<long>(
            "repopulse.aggregator.events.folded", "{event}", "Events that took a place in a window.");
        _duplicates = meter.CreateCounter<long>(
            "repopulse.aggregator.events.duplicate", "{event}", "Events that a window held already.");
        _outside = meter.CreateCounter<long>(
            "repopulse.aggregator.events.outside", "{event}", "Events that no window reaches back to.");
        _published = meter.CreateCounter<long>(
            "repopulse.aggregator.published", "{repository}", "Repositories whose statistics were published.");
        _failures = meter.CreateCounter<long>(
            "repopulse.aggregator.failures", "{failure}", "Attempts to read or publish that failed and were repeated.");
        _foldDuration = meter.CreateHistogram<double>(
            "repopulse.aggregator.fold.duration", "s", "How long it took to fold a batch of events.");
        meter.CreateObservableGauge(
            "repopulse.aggregator.repositories",
            () => status.Current.Repositories,
            "{repository}",
            "Repositories with an event in a window.");
        meter.CreateObservableGauge(
            "repopulse.aggregator.series", () => status.Current.Series, "{series}", "Series with an event in their window.");
    }

    internal void BatchFolded(FoldResult result, TimeSpan duration)
    {
        _folded.Add(result.Folded);
        _duplicates.Add(result.Duplicates);
        _outside.Add(result.Outside);
        _foldDuration.Record(duration.TotalSeconds);
    }

    internal void Published(int repositories) => _published.Add(repositories);

    internal void AttemptFailed() => _failures.Add(1);
}
