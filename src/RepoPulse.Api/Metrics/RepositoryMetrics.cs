using System.Diagnostics.Metrics;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Health;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Metrics;

/// <summary>
/// The statistics of shown repositories, for alerts. Each instrument has a bounded number of series: those of all events of every
/// repository first, by name, then those of its types. Observed by a scrape alone.
/// </summary>
internal sealed class RepositoryMetrics
{
    /// <summary>The most series of one instrument.</summary>
    public const int MaxSeries = 1000;

    private readonly StatisticsView _view;
    private readonly ReadinessGate _readiness;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;

    public RepositoryMetrics(IMeterFactory meters, StatisticsView view, ReadinessGate readiness, ApiOptions options, TimeProvider time)
    {
        (_view, _readiness, _time, _window) = (view, readiness, time, options.Window.Duration);
        var meter = meters.Create(ApiMetrics.MeterName);
        meter.CreateObservableGauge(
            "repopulse.repository.events", () => OfSeries(figures => figures.Events), "{event}", "Events in the window");
        meter.CreateObservableGauge(
            "repopulse.repository.interval.mean",
            () => OfSeries(figures => figures.MeanIntervalSeconds),
            "s",
            "Mean time between consecutive events in the window");
        meter.CreateObservableGauge(
            "repopulse.repository.interval.p95",
            () => OfSeries(figures => figures.P95IntervalSeconds),
            "s",
            "95th percentile of the times between consecutive events in the window");
        meter.CreateObservableGauge(
            "repopulse.repository.last_event.time",
            () => OfSeries(figures => UnixSeconds(figures.LastEventAt)),
            "s",
            "When the newest event of the window happened, in seconds since 1970");
        meter.CreateObservableGauge(
            "repopulse.repository.gaps", () => OfRepositories(entry => Coverage(entry).Gaps), "{gap}", "Gaps that touch the window");
        meter.CreateObservableGauge(
            "repopulse.repository.missing",
            () => OfRepositories(entry => Coverage(entry).Missing.TotalSeconds),
            "s",
            "The full length of the gaps that touch the window");
        meter.CreateObservableGauge(
            "repopulse.repository.series.omitted",
            Omitted,
            "{series}",
            "Series that are left out of each repopulse.repository instrument, because there are too many");
    }

    private static double? UnixSeconds(DateTimeOffset? time) => time is { } at ? (at - DateTimeOffset.UnixEpoch).TotalSeconds : null;

    private WindowCoverageRule Coverage(RepositoryEntry entry) =>
        WindowCoverageRule.Of(entry.Repository.Coverage, _window, _time.GetUtcNow());

    /// <summary>Nothing until the view is whole: half a window must never be served.</summary>
    private IReadOnlyList<RepositoryCell> Shown() => _readiness.Ready ? _view.Directory.Order : [];

    private IEnumerable<Measurement<double>> OfRepositories(Func<RepositoryEntry, double> valueOf) =>
        Shown().Take(MaxSeries).Select(cell => cell.Entry).Select(entry => new Measurement<double>(valueOf(entry), Label(entry)));

    private IEnumerable<Measurement<double>> OfSeries(Func<SeriesSnapshot, double?> valueOf)
    {
        foreach (var (entry, series) in AllSeries().Take(MaxSeries))
        {
            if (valueOf(series) is { } value)
                yield return new Measurement<double>(
                    value, Label(entry), new KeyValuePair<string, object?>("event_type", series.EventType.Name));
        }
    }

    private IEnumerable<(RepositoryEntry Entry, SeriesSnapshot Series)> AllSeries()
    {
        var shown = Shown();
        return shown.Select(cell => (cell.Entry, cell.Entry.Total)).Concat(
            shown.SelectMany(
                cell => cell.Entry is { Snapshot: { } snapshot } entry ? snapshot.ByEventType.Select(series => (entry, series)) : []));
    }

    private int Omitted() => Math.Max(0, Shown().Sum(cell => 1 + (cell.Entry.Snapshot?.ByEventType.Count ?? 0)) - MaxSeries);

    private static KeyValuePair<string, object?> Label(RepositoryEntry entry) => new("repository", entry.Repository.Name.FullName);
}
