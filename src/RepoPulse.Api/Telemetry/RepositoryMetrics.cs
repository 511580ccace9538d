using System.Diagnostics.Metrics;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Telemetry;

/// <summary>
/// The figures of shown repositories, for whoever alerts on them. Each instrument has a bounded number of series: those of all events of every
/// repository first, by name, then those of its types. Observed by a scrape alone.
/// </summary>
internal sealed class RepositoryMetrics
{
    /// <summary>The most series of one instrument.</summary>
    public const int MaxSeries = 1000;

    private readonly StatisticsView _view;
    private readonly Readiness _readiness;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;

    public RepositoryMetrics(IMeterFactory meters, StatisticsView view, Readiness readiness, ApiOptions options, TimeProvider time)
    {
        (_view, _readiness, _time, _window) = (view, readiness, time, options.Window.Duration);
        var meter = meters.Create(ApiMetrics.MeterName);
        meter.CreateObservableGauge("repopulse.repository.events", () => OfSeries(figures => figures.Events), "{event}", "Events in the window");
        meter.CreateObservableGauge("repopulse.repository.interval.mean", () => OfSeries(figures => figures.MeanIntervalSeconds), "s", "Mean time between consecutive events in the window");
        meter.CreateObservableGauge("repopulse.repository.interval.p95", () => OfSeries(figures => figures.P95IntervalSeconds), "s", "95th percentile of the times between consecutive events in the window");
        meter.CreateObservableGauge("repopulse.repository.last_event.time", () => OfSeries(figures => UnixSeconds(figures.LastEventAt)), "s", "When the newest event of the window happened, in seconds since 1970");
        meter.CreateObservableGauge("repopulse.repository.gaps", () => OfRepositories(entry => Coverage(entry).Gaps), "{gap}", "Gaps that touch the window");
        meter.CreateObservableGauge("repopulse.repository.missing", () => OfRepositories(entry => Coverage(entry).Missing.TotalSeconds), "s", "The full length of the gaps that touch the window");
        meter.CreateObservableGauge("repopulse.repository.series.omitted", Omitted, "{series}", "Series that are left out of each repopulse.repository instrument, because there are too many");
    }

    private static double? UnixSeconds(DateTimeOffset? time) => time is { } at ? (at - DateTimeOffset.UnixEpoch).TotalSeconds : null;

    private CoverageStatement Coverage(RepositoryEntry entry) => CoverageStatement.Of(entry.Repository.Coverage, _window, _time.GetUtcNow());

    /// <summary>Nothing until the view is whole: half a window must never be served.</summary>
    private IReadOnlyList<RepositoryCell> Shown() => _readiness.Ready ? _view.Directory.Order : [];

    private IEnumerable<Measurement<double>> OfRepositories(Func<RepositoryEntry, double> figure) =>
        Shown().Take(MaxSeries).Select(cell => cell.Entry).Select(entry => new Measurement<double>(figure(entry), Label(entry)));

    private IEnumerable<Measurement<double>> OfSeries(Func<SeriesFigures, double?> figure)
    {
        foreach (var (entry, series) in AllSeries().Take(MaxSeries))
        {
            if (figure(series) is { } value)
                yield return new Measurement<double>(value, Label(entry), new KeyValuePair<string, object?>("event_type", series.EventType.Name));
        }
    }

    private IEnumerable<(RepositoryEntry Entry, SeriesFigures Series)> AllSeries()
    {
        var shown = Shown();
        return shown.Select(cell => (cell.Entry, cell.Entry.Total)).Concat(
            shown.SelectMany(cell => cell.Entry is { Figures: { } figures } entry ? figures.ByEventType.Select(series => (entry, series)) : []));
    }

    private int Omitted() => Math.Max(0, Shown().Sum(cell => 1 + (cell.Entry.Figures?.ByEventType.Count ?? 0)) - MaxSeries);

    private static KeyValuePair<string, object?> Label(RepositoryEntry entry) => new("repository", entry.Repository.Name.FullName);
}
